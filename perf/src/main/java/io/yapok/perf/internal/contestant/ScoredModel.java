package io.yapok.perf.internal.contestant;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.yapok.model.CompiledSteps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.Pipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The workload's model in a session of this contestant's own, one float input and one float output, and what of the pipeline all contestants write alike. The
 * session is single-threaded. Belongs to one thread.
 */
final class ScoredModel implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;
  private final long[] inputShape;
  private final String output;
  private final long[] outputShape;
  private final Pipeline pipeline;

  // kept while the number of rows stays the same, which is always where a run is one record
  private Bound bound = new Bound(0, Map.of(), Map.of());

  private record Bound(int rows, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) implements AutoCloseable {
    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }

  private ScoredModel(byte[] model, Pipeline pipeline) throws OrtException {
    this.pipeline = pipeline;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      this.session = environment.createSession(model, options);
    }
    this.input = session.getInputNames().iterator().next();
    this.output = session.getOutputNames().iterator().next();
    this.inputShape = shape(session.getInputInfo().get(input));
    this.outputShape = shape(session.getOutputInfo().get(output));
  }

  private static long[] shape(@Nullable NodeInfo value) {
    if (value != null && value.getInfo() instanceof TensorInfo tensor) {
      return tensor.getShape();
    }
    throw new IllegalArgumentException("the model has inputs or outputs that are no tensors");
  }

  /** The model and the pipeline document that lie in the contestant's directory. */
  static ScoredModel load(Assignment assignment) throws IOException, OrtException {
    Pipeline pipeline = Pipeline.load(assignment.directory().resolve(Assignment.PIPELINE));
    return new ScoredModel(Files.readAllBytes(assignment.directory().resolve(assignment.workload() + ".onnx")), pipeline);
  }

  boolean isTensor() {
    return pipeline.document().source().format().label().equals("tensor");
  }

  CompiledSteps steps() {
    return pipeline.current();
  }

  String input() {
    return input;
  }

  String output() {
    return output;
  }

  /** Floats a row. */
  int inputWidth() {
    return width(inputShape);
  }

  int outputWidth() {
    return width(outputShape);
  }

  private static int width(long[] shape) {
    int width = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      width *= Math.toIntExact(shape[axis]);
    }
    return width;
  }

  /** Runs the model over the first rows of a direct buffer in native order, into another. Always the same two buffers. */
  void run(ByteBuffer in, ByteBuffer out, int rows) throws OrtException {
    if (bound.rows != rows) {
      bound.close();
      bound = new Bound(rows, Map.of(input, view(in, rows, inputShape)), Map.of(output, view(out, rows, outputShape)));
    }
    session.run(bound.inputs, Set.of(), bound.outputs).close();
  }

  private OnnxTensor view(ByteBuffer buffer, int rows, long[] shape) throws OrtException {
    long[] all = shape.clone();
    all[0] = rows;
    return OnnxTensor.createTensor(environment, buffer.slice(0, rows * width(shape) * Float.BYTES).order(buffer.order()), all, OnnxJavaType.FLOAT);
  }

  /** The headers of a result, which say who answered: the same for each where shapes are fixed. */
  List<Header> resultHeaders() {
    CompiledSteps steps = steps();
    Batch batch = new Batch(steps.layout(), 1 << 20);
    batch.addRecord(null, new byte[0], 0, 0, 0, null);
    batch.endRecord(1);
    List<Header> headers = new ArrayList<>();
    for (ResultHeader header : Formats.encoder(pipeline.document().sink().format().label(), steps.result()).headers(batch, 0)) {
      byte[] value = header.value();
      if (value != null) {
        headers.add(new RecordHeader(ByteBuffer.wrap(header.name().getBytes(StandardCharsets.UTF_8)), ByteBuffer.wrap(value)));
        headers.getLast().key(); // lazily read from the buffers: now, so that it can be shared
        headers.getLast().value();
      }
    }
    return List.copyOf(headers);
  }

  @Override
  public void close() throws OrtException {
    bound.close();
    session.close();
    pipeline.close();
  }
}
