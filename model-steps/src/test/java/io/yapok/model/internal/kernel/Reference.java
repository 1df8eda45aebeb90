package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What terms mean, written as plainly as can be: boxed values, one row, exceptions. The nodes must agree with it. */
public final class Reference {
  private final IntFunction<Object> row;

  /** @param row the value in each slot */
  public Reference(IntFunction<Object> row) {
    this.row = row;
  }

  /** There is no value. */
  public static final class Failed extends RuntimeException {}

  /** The value as a column would hold it. */
  public Object stored(Term term) {
    return stored(term.type().base(), vectorOr(term, eval(term)));
  }

  private static Object vectorOr(Term term, Object value) {
    return term.type().isScalar() || value instanceof List<?> ? value : List.of(value);
  }

  private static Object stored(Base base, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(each -> stored(base, each)).toList();
    }
    return switch (base) {
      case FLOAT32 -> ((Number) value).floatValue();
      case FLOAT64 -> ((Number) value).doubleValue();
      case INT64, BOOL, TEXT -> value;
    };
  }

  private Object eval(Term term) {
    return switch (term) {
      case Term.IntegerConstant constant -> constant.value();
      case Term.FloatConstant constant -> constant.value();
      case Term.BoolConstant constant -> constant.value();
      case Term.TextConstant constant -> constant.value();
      case Term.Read read -> widened(read.type().base(), row.apply(read.slot()));
      case Apply apply -> joined(apply.type().base(), apply(apply));
    };
  }

  private static Object widened(Base base, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(each -> widened(base, each)).toList();
    }
    return switch (base) {
      case FLOAT32 -> (double) ((Number) value).floatValue();
      case FLOAT64 -> ((Number) value).doubleValue();
      case INT64 -> ((Number) value).longValue();
      case BOOL, TEXT -> value;
    };
  }

  private Object apply(Apply term) {
    Base base = term.type().base();
    return switch (term.op()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POW -> pairs(eval(term.arg(0)), eval(term.arg(1)), (x, y) -> arithmetic(term.op(), base, x, y));
      case NEGATE, ABS, EXP, LOG, SQRT -> each(eval(term.arg(0)), x -> unary(term.op(), base, x));
      case FLOOR, CEIL, ROUND -> each(base == Base.INT64 ? eval(term.arg(0)) : observed(term.arg(0)), x -> unary(term.op(), base, x));
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL -> compare(term.op(), term.arg(0), term.arg(1));
      case AND -> (Boolean) eval(term.arg(0)) && (Boolean) eval(term.arg(1));
      case OR -> (Boolean) eval(term.arg(0)) || (Boolean) eval(term.arg(1));
      case NOT -> !(Boolean) eval(term.arg(0));
      case IF -> eval((Boolean) eval(term.arg(0)) ? term.arg(1) : term.arg(2));
      case IN -> in(term.arg(0), term.arg(1));
      case INDEX -> {
        long index = (Long) eval(term.arg(1));
        List<Object> list = list(term.arg(0));
        if (index < 0 || index >= list.size()) {
          throw new Failed();
        }
        yield list.get((int) index);
      }
      case LIST -> term.args().stream().map(this::eval).toList();
      case SIZE -> term.arg(0).type().equals(ValueType.scalar(Base.TEXT))
          ? (Object) (long) ((String) eval(term.arg(0))).codePointCount(0, ((String) eval(term.arg(0))).length())
          : (long) list(term.arg(0)).size();
      case MIN, MAX -> (term.args().size() == 1 ? list(term.arg(0)) : term.args().stream().map(this::eval).toList()).stream()
          .reduce((x, y) -> extreme(term.op(), base, x, y)).orElseThrow(Failed::new);
      case SUM -> list(term.arg(0)).stream().reduce(base == Base.INT64 ? (Object) 0L : (Object) 0.0, (x, y) -> arithmetic(Op.ADD, base, x, y));
      case MEAN -> {
        List<Object> list = list(term.arg(0));
        if (list.isEmpty()) {
          throw new Failed();
        }
        yield list.stream().mapToDouble(Reference::number).boxed().reduce(0.0, Double::sum) / list.size();
      }
      case ARGMAX -> best(list(term.arg(0)), true).stream().findFirst().map(Integer::longValue).orElseThrow(Failed::new);
      case ARGMIN -> best(list(term.arg(0)), false).stream().findFirst().map(Integer::longValue).orElseThrow(Failed::new);
      case SOFTMAX -> softmax(list(term.arg(0)).stream().map(Reference::number).toList());
      case TOP_K -> top(term).stream().map(Integer::longValue).map(Object.class::cast).toList();
      case TOP_K_VALUES -> {
        List<Object> list = list(term.arg(0));
        yield top(term).stream().map(list::get).toList();
      }
      case CONCAT -> term.args().stream().flatMap(each -> list(each).stream()).toList();
      case TO_INT -> each(term.arg(0).type().base().isFloating() ? observed(term.arg(0)) : eval(term.arg(0)), Reference::toInt);
      case TO_DOUBLE -> each(term.arg(0).type().base().isNumeric() ? observed(term.arg(0)) : eval(term.arg(0)), Reference::toDouble);
      case TO_FLOAT -> each(eval(term.arg(0)), x -> (double) (float) (double) toDouble(x));
      case TO_TEXT -> eval(term.arg(0)).toString();
      case TO_BOOL -> toBool(term.arg(0).type().base().isNumeric() ? observed(term.arg(0)) : eval(term.arg(0)));
      case IS_NAN -> Double.isNaN(number(eval(term.arg(0))));
      case IS_FINITE -> Double.isFinite(number(observed(term.arg(0))));
      case CLAMP -> {
        Object low = eval(term.arg(1));
        Object high = eval(term.arg(2));
        yield each(eval(term.arg(0)), x -> extreme(Op.MIN, base, extreme(Op.MAX, base, x, low), high));
      }
    };
  }

  @SuppressWarnings("unchecked")
  private List<Object> list(Term term) {
    Object value = eval(term);
    return value instanceof List<?> ? (List<Object>) value : List.of(value);
  }

  private Object observed(Term term) {
    return each(eval(term), x -> observed(term, x));
  }

  private static Object observed(Term term, Object x) {
    return term.type().base() == Base.FLOAT32 && !(term instanceof Term.Read) ? (Object) (double) (float) number(x) : x;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static Object each(Object value, java.util.function.UnaryOperator<Object> operator) {
    return value instanceof List<?> list ? list.stream().map(x -> operator.apply(x)).toList() : operator.apply(value);
  }

  private static Object pairs(Object left, Object right, BinaryOperator<Object> operator) {
    if (left instanceof List<?> x && right instanceof List<?> y) {
      if (x.size() != y.size()) {
        throw new Failed();
      }
      return IntStream.range(0, x.size()).mapToObj(i -> operator.apply(x.get(i), y.get(i))).toList();
    }
    if (left instanceof List<?>) {
      return each(left, x -> operator.apply(x, right));
    }
    return each(right, y -> operator.apply(left, y));
  }

  private static Object arithmetic(Op op, Base base, Object x, Object y) {
    if (base == Base.INT64) {
      long a = (Long) x;
      long b = (Long) y;
      try {
        return switch (op) {
          case ADD -> Math.addExact(a, b);
          case SUBTRACT -> Math.subtractExact(a, b);
          case MULTIPLY -> Math.multiplyExact(a, b);
          case DIVIDE -> Math.divideExact(a, b);
          default -> a % b;
        };
      } catch (ArithmeticException e) {
        throw new Failed();
      }
    }
    double a = number(x);
    double b = number(y);
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      default -> Math.pow(a, b);
    };
  }

  private static Object unary(Op op, Base base, Object x) {
    if (base == Base.INT64) {
      long a = (Long) x;
      return switch (op) {
        case NEGATE -> arithmetic(Op.SUBTRACT, base, 0L, a);
        case ABS -> a < 0 ? arithmetic(Op.SUBTRACT, base, 0L, a) : a;
        default -> a;
      };
    }
    double a = number(x);
    return switch (op) {
      case NEGATE -> -a;
      case ABS -> Math.abs(a);
      case EXP -> Math.exp(a);
      case LOG -> Math.log(a);
      case SQRT -> Math.sqrt(a);
      case FLOOR -> Math.floor(a);
      case CEIL -> Math.ceil(a);
      default -> Double.isFinite(a)
          ? (Object) Math.copySign(new java.math.BigDecimal(a).setScale(0, java.math.RoundingMode.HALF_UP).doubleValue(), a)
          : (Object) a;
    };
  }

  private static Object extreme(Op op, Base base, Object x, Object y) {
    if (base == Base.INT64) {
      return op == Op.MAX ? Math.max((Long) x, (Long) y) : Math.min((Long) x, (Long) y);
    }
    return op == Op.MAX ? Math.max(number(x), number(y)) : Math.min(number(x), number(y));
  }

  private boolean compare(Op op, Term left, Term right) {
    Object x = eval(left);
    Object y = eval(right);
    if (x instanceof Boolean) {
      return x.equals(y) == (op == Op.EQUAL);
    }
    if (x instanceof String a && y instanceof String b) {
      int order = java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
      return holds(op, order, 0);
    }
    return switch (ValueType.join(left.type(), right.type())) {
      case INT64 -> holds(op, Long.compare((Long) x, (Long) y), 0);
      case FLOAT32 -> holds(op, (float) number(x), (float) number(y));
      default -> holds(op, number(observed(left, x)), number(observed(right, y)));
    };
  }

  private static boolean holds(Op op, double x, double y) {
    return switch (op) {
      case LESS -> x < y;
      case LESS_EQUAL -> x <= y;
      case GREATER -> x > y;
      case GREATER_EQUAL -> x >= y;
      case EQUAL -> x == y;
      default -> x != y;
    };
  }

  private boolean in(Term value, Term vector) {
    Object wanted = eval(value);
    List<Object> list = list(vector);
    if (wanted instanceof String) {
      return list.contains(wanted);
    }
    Base base = ValueType.join(value.type(), vector.type());
    if (base == Base.INT64) {
      return list.contains(wanted);
    }
    if (base == Base.FLOAT32) {
      return list.stream().anyMatch(each -> (float) number(each) == (float) number(wanted));
    }
    double exact = number(observed(value, wanted));
    return list.stream().anyMatch(each -> (vector.type().base() == Base.FLOAT32 ? (float) number(each) : number(each)) == exact);
  }

  /** Indices, best first. */
  private static List<Integer> best(List<Object> list, boolean max) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, list.size()).boxed().toList());
    order.sort(Comparator.comparing((Integer i) -> list.get(i), (x, y) -> {
      if (x instanceof Long a && y instanceof Long b) {
        return max ? Long.compare(b, a) : Long.compare(a, b);
      }
      double a = number(x);
      double b = number(y);
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
      }
      return a == b ? 0 : (a > b) == max ? -1 : 1;
    }));
    return order;
  }

  private List<Integer> top(Apply term) {
    long k = (Long) eval(term.arg(1));
    if (k < 0) {
      throw new Failed();
    }
    return best(list(term.arg(0)), true).stream().limit(k).toList();
  }

  private static List<Object> softmax(List<Double> list) {
    double largest = list.stream().reduce(Double.NEGATIVE_INFINITY, Math::max);
    List<Double> powers = list.stream().map(x -> Math.exp(x - largest)).toList();
    double sum = powers.stream().reduce(0.0, Double::sum);
    return powers.stream().map(x -> (Object) (x / sum)).toList();
  }

  /** Whole numbers beside floating-point ones become such, and lose digits above 2^53. */
  private static Object joined(Base base, Object x) {
    if (!base.isFloating()) {
      return x;
    }
    return x instanceof List<?> list ? list.stream().map(each -> (Object) toDouble(each)).toList() : toDouble(x);
  }

  private static Object toInt(Object x) {
    return switch (x) {
      case Long whole -> whole;
      case Boolean bool -> bool ? 1L : 0L;
      case String text -> {
        if (!text.matches("-?[0-9]+")) {
          throw new Failed();
        }
        try {
          yield Long.parseLong(text);
        } catch (NumberFormatException e) {
          throw new Failed();
        }
      }
      default -> {
        double d = number(x);
        if (Double.isNaN(d) || d <= -0x1p63 || d >= 0x1p63) {
          throw new Failed();
        }
        yield (long) d;
      }
    };
  }

  private static Double toDouble(Object x) {
    return switch (x) {
      case Boolean bool -> bool ? 1.0 : 0.0;
      case String text -> {
        if (!text.matches("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|NaN|-?Infinity")) {
          throw new Failed();
        }
        yield Double.parseDouble(text);
      }
      default -> number(x);
    };
  }

  private static boolean toBool(Object x) {
    return switch (x) {
      case Boolean bool -> bool;
      case String text -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw new Failed();
        }
        yield text.equals("true");
      }
      default -> number(x) != 0;
    };
  }
}
