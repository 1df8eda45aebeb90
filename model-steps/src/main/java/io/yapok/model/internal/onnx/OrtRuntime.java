package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Pattern;

/** The process's ONNX Runtime, set up for many threads that each run small batches: a run uses its caller's thread alone and never spins. */
final class OrtRuntime {
  private static final String PREFIX = "message:";
  private static final Pattern SOURCE_PLACE = Pattern.compile("^/\\S*onnxruntime\\S*:\\d+ .*?\\)(?: const)? (?:\\[with [^\\]]*\\] )?");
  private static final int MAX_MESSAGE = 300;

  private OrtRuntime() {}

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "yapok");
  }

  static OrtSession open(byte[] model) throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // what was checked is an ONNX file; without this, bytes that also look like ORT's own format would be read as that
      options.addConfigEntry("session.load_model_format", "ONNX");
      // failures come back as exceptions, which name the record; the log would say them a second time without it
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return environment().createSession(model, options);
    }
  }

  /** A tensor that views {@code bytes}; the caller closes it and keeps the buffer reachable until then. */
  static OnnxTensor view(ByteBuffer bytes, long[] shape, ElementType type) throws OrtException {
    return OnnxTensor.createTensor(environment(), bytes, shape, TensorTypes.of(type));
  }

  /** Rows of a column of a fixed shape, as a buffer of their own over the same memory. */
  static ByteBuffer rows(Column column, int start, int count) {
    int rowBytes = column.spec().bytesPerRow();
    return column.bytes().slice(start * rowBytes, count * rowBytes).order(ByteOrder.nativeOrder());
  }

  /** What went wrong, in one line without the runtime's error codes and source places. */
  static String message(OrtException failure) {
    String text = String.valueOf(failure.getMessage());
    int prefix = text.indexOf(PREFIX);
    String line = (prefix < 0 ? text : text.substring(prefix + PREFIX.length())).strip().lines().findFirst().orElse("");
    line = SOURCE_PLACE.matcher(line).replaceFirst("");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
  }
}
