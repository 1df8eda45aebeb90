package io.yapok.model.internal.expression;

import io.yapok.model.internal.kernel.Op;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An operator or function and what it takes.
 *
 * @param celName as CEL's trees have it: {@code _+_}, {@code max}
 * @param repeats whether it also takes more than two arguments, as if applied from the left; CEL is shown it that way
 */
record Function(String celName, Op op, boolean repeats, List<Signature> signatures) {
  Function {
    signatures = List.copyOf(signatures);
  }

  /** One way to call it. */
  record Signature(Kind result, List<Kind> params) {
    Signature {
      params = List.copyOf(params);
    }
  }

  static Function of(String celName, Op op, Signature... signatures) {
    return new Function(celName, op, false, Arrays.asList(signatures));
  }

  static Signature gives(Kind result, Kind... params) {
    return new Signature(result, Arrays.asList(params));
  }

  boolean isOperator() {
    return !Character.isLetter(celName.charAt(0));
  }

  /** As users write it: {@code +}, {@code max}. */
  String symbol() {
    return isOperator() ? celName.replace("_", "").replace("@", "") : celName;
  }

  /** All ways to call it, for messages. */
  String usage() {
    return signatures.stream().map(this::usage).distinct().collect(Collectors.joining(", "));
  }

  private String usage(Signature signature) {
    List<String> params = signature.params().stream().map(Kind::label).toList();
    if (!isOperator()) {
      return celName + "(" + String.join(", ", params) + (repeats && params.size() == 2 ? ", ..." : "") + ")";
    }
    return switch (params.size()) {
      case 1 -> symbol() + params.getFirst();
      case 3 -> params.get(0) + " ? " + params.get(1) + " : " + params.get(2);
      default -> op == Op.INDEX ? params.get(0) + "[" + params.get(1) + "]" : params.get(0) + " " + symbol() + " " + params.get(1);
    };
  }
}
