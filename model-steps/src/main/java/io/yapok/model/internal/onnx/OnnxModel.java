package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.model.BoundStep;
import io.yapok.model.CompiledSteps;
import io.yapok.model.ModelFile;
import io.yapok.model.ModelSignature;
import io.yapok.model.ModelSignature.Value;
import io.yapok.model.Step;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import io.yapok.model.internal.onnx.Batching.Effect;
import io.yapok.model.internal.onnx.GraphReader.NotOnnxException;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A model that is loaded, checked, probed and warm. Immutable and shared by all threads; its session lives until this reference and every bound step are closed.
 */
public final class OnnxModel implements CompiledSteps.ModelReference {
  private static final int MAX_ROWS_PER_RUN = 128;
  private static final int MAX_ELEMENTS_PER_RUN = 1 << 22;

  private final ModelVersion version;
  private final ModelOptions options;
  private final SharedSession session;
  private final ModelSignature signature;
  private final List<InputSpec> inputs;
  private final List<OutputSpec> outputs;
  private final Batching batching;
  private final long nanosPerRow;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OnnxModel(
      ModelVersion version,
      ModelOptions options,
      SharedSession session,
      ModelSignature signature,
      List<InputSpec> inputs,
      List<OutputSpec> outputs,
      Batching batching,
      long nanosPerRow) {
    this.version = version;
    this.options = options;
    this.session = session;
    this.signature = signature;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.batching = batching;
    this.nanosPerRow = nanosPerRow;
  }

  /**
   * Loads a model: checks the bytes before native code sees them, opens a session, and probes how rows batch. Takes as long as the probe, a second or two for a
   * large network.
   *
   * @throws ProblemsException with everything why the model cannot be used
   */
  public static OnnxModel load(ModelFile file, ModelOptions options) {
    GraphFacts facts = facts(file);
    OrtSession session = open(file);
    boolean loaded = false;
    try {
      OnnxModel model = describe(file, options, session, facts);
      loaded = true;
      return model;
    } catch (OrtException e) {
      throw problem(file.where(), "the model cannot be described: " + OrtRuntime.message(e), "check the file with ONNX's own checker");
    } finally {
      if (!loaded) {
        new SharedSession(session).release();
      }
    }
  }

  @Override
  public ModelVersion version() {
    return version;
  }

  @Override
  public long nanosPerRow() {
    return nanosPerRow;
  }

  public ModelSignature signature() {
    return signature;
  }

  /** What columns must hold to feed the model, in the graph's order. */
  public List<InputSpec> inputs() {
    return inputs;
  }

  /** What the model answers for a row, in the graph's order. */
  public List<OutputSpec> outputs() {
    return outputs;
  }

  public Batching batching() {
    return batching;
  }

  /**
   * A step that runs this model over columns.
   *
   * @param inputSlots the column that feeds each of {@link #inputs}; its type and shape are the input's
   * @param outputSlots the column that each of {@link #outputs} fills; its type and shape are the output's
   */
  public Step step(String name, int[] inputSlots, int[] outputSlots) {
    return new ModelStep(name, this, inputSlots, outputSlots);
  }

  /**
   * A step that runs this recurrent model over columns, a key's rows one after the other.
   *
   * @param inputSlots the column that feeds each of {@link #inputs}; one of a state input has a row a lane
   * @param outputSlots the column that each of {@link #outputs} fills; -1 for one that only feeds an input
   * @param feeding for each input the output whose answer it takes at the key's next row; -1 for an input that is no state
   */
  public Step recurrentStep(String name, int[] inputSlots, int[] outputSlots, int[] feeding) {
    return new RecurrentStep(name, this, new Recurrence(inputs, outputs, inputSlots, outputSlots, feeding));
  }

  /** Binds a step that holds the session until it is closed. */
  BoundStep bind(Supplier<BoundStep> binding) {
    session.retain();
    boolean bound = false;
    try {
      BoundStep step = binding.get();
      bound = true;
      return step;
    } finally {
      if (!bound) {
        session.release();
      }
    }
  }

  /** Gives this reference back; idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      session.release();
    }
  }

  SharedSession session() {
    return session;
  }

  ModelOptions options() {
    return options;
  }

  private static GraphFacts facts(ModelFile file) {
    try {
      GraphFacts facts = GraphReader.read(file.bytes());
      if (!facts.externalFiles().isEmpty()) {
        throw problem(
            file.where(),
            "the model's weights lie in other files (" + String.join(", ", facts.externalFiles().stream().distinct().limit(3).toList()) + "), which is refused",
            "save the model as one file, in Python onnx.save(model, path, save_as_external_data=False)");
      }
      return facts;
    } catch (NotOnnxException e) {
      throw problem(file.where(), e.getMessage() + " (" + file.version().name() + ", " + file.bytes().length + " bytes)", "export or copy the model again");
    }
  }

  private static OrtSession open(ModelFile file) {
    try {
      return OrtRuntime.open(file.bytes());
    } catch (OrtException e) {
      throw problem(file.where(), "ONNX Runtime refuses the model: " + OrtRuntime.message(e), "export it with operators and an opset that ONNX Runtime has");
    }
  }

  private static OnnxModel describe(ModelFile file, ModelOptions options, OrtSession session, GraphFacts facts) throws OrtException {
    ModelSignature signature = Signatures.of(session, facts);
    List<Problem> problems = new ArrayList<>();
    List<InputSpec> inputs = new InputPlanner(options.rows(), file.where(), problems).plan(signature.inputs());
    if (inputs.isEmpty() && problems.isEmpty()) {
      problems.add(new Problem("the model has no input", file.where(), "use a model that answers something about a record"));
    }
    throwIfAny(problems);
    int fixedRunSize = fixedRunSize(signature, inputs, file.where(), options);
    boolean rowDimensions = inputs.stream().allMatch(InputSpec::hasRowDimension);
    try {
      List<String> outputNames = signature.outputs().stream().map(Value::name).toList();
      int mostRows = fixedRunSize > 0 ? fixedRunSize : rowsPerRun(inputs, List.of());
      Probe probe = new Probe(session, inputs, outputNames, fixedRunSize, mostRows, !facts.mayTakeSizesFromValues());
      Probe.Finding finding = probe.run();
      List<OutputSpec> outputs = new OutputPlanner(finding, rowDimensions, file.where(), problems).plan(signature.outputs());
      throwIfAny(problems);
      Batching batching = batching(finding, inputs, outputs, fixedRunSize, options);
      return new OnnxModel(file.version(), options, new SharedSession(session), signature, inputs, outputs, batching, probe.nanosPerRow());
    } catch (UnshowableException e) {
      throw problem(file.where(), "the model gives " + e.getMessage(), "leave that output out of the model's graph");
    }
  }

  /** How many rows each run must have: a number that an input's dimension 0 fixes, 1 where an input has none, 0 where all leave it open. */
  private static int fixedRunSize(ModelSignature signature, List<InputSpec> inputs, Where where, ModelOptions options) {
    int size = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Value input = signature.inputs().get(i);
      int own = !inputs.get(i).hasRowDimension() ? 1 : input.dims().getFirst().isSymbolic() ? 0 : (int) input.dims().getFirst().size();
      if (own != 0 && size != 0 && own != size) {
        throw problem(where, "its inputs take different numbers of rows a run, " + size + " and " + own, "export the model with one batch dimension");
      }
      size = Math.max(size, own);
    }
    if (options.rows() > 1 && size != options.rows() && size != 0) {
      throw problem(where, "no input's dimension 0 is " + options.rows() + ", as rows says", "leave rows out, or give the model's fixed number of rows");
    }
    return size == 0 ? options.rows() : size;
  }

  private static Batching batching(Probe.Finding finding, List<InputSpec> inputs, List<OutputSpec> outputs, int fixedRunSize, ModelOptions options) {
    if (inputs.stream().anyMatch(input -> !input.shape().isFixed())) {
      return new Batching(1, fixedRunSize, finding.effect(), "rows of different lengths cannot share a run");
    }
    boolean shareable =
        outputs.stream().allMatch(output -> output.form().followsRows())
            && (finding.effect() == Effect.NONE || (finding.effect() == Effect.ROUNDING && !options.deterministic()));
    if (!shareable) {
      return new Batching(1, fixedRunSize, finding.effect(), finding.reason());
    }
    return new Batching(fixedRunSize == 0 ? rowsPerRun(inputs, outputs) : fixedRunSize, fixedRunSize, finding.effect(), finding.reason());
  }

  /** Past a hundred rows nothing is gained, and rows of a large network need not be held all at once. */
  private static int rowsPerRun(List<InputSpec> inputs, List<OutputSpec> outputs) {
    long elements = 1;
    for (InputSpec input : inputs) {
      elements += Math.max(0, input.shape().elements());
    }
    for (OutputSpec output : outputs) {
      elements += Math.max(0, output.shape().elements());
    }
    return Math.clamp(MAX_ELEMENTS_PER_RUN / elements, 1, MAX_ROWS_PER_RUN);
  }

  private static void throwIfAny(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private static ProblemsException problem(Where where, String what, String whatToDo) {
    return new ProblemsException(new Problem(what, where, whatToDo));
  }
}
