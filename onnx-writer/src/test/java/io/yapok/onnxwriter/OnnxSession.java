package io.yapok.onnxwriter;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model loaded for a test: plain Java arrays in, plain Java values out. */
final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxSession(OnnxModel model) throws OrtException {
    this.session = environment.createSession(model.toBytes());
  }

  OrtSession raw() {
    return session;
  }

  /** Runs the model on one input and answers its first output. */
  Object run(String input, Object array) throws OrtException {
    return run(Map.of(input, array)).values().iterator().next();
  }

  /** Runs the model and answers its outputs by name, in the model's order. */
  Map<String, Object> run(Map<String, Object> arrays) throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Object> entry : arrays.entrySet()) {
        tensors.put(entry.getKey(), OnnxTensor.createTensor(environment, entry.getValue()));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (var entry : result) {
          values.put(entry.getKey(), entry.getValue().getValue());
        }
        return values;
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
