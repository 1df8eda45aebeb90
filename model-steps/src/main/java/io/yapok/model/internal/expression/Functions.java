package io.yapok.model.internal.expression;

import static io.yapok.model.internal.expression.Function.gives;
import static io.yapok.model.internal.expression.Kind.BOOL;
import static io.yapok.model.internal.expression.Kind.BOOLS;
import static io.yapok.model.internal.expression.Kind.NUMBER;
import static io.yapok.model.internal.expression.Kind.NUMBERS;
import static io.yapok.model.internal.expression.Kind.TEXT;
import static io.yapok.model.internal.expression.Kind.TEXTS;

import io.yapok.model.internal.kernel.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every operator and function there is. {@code docs/expressions.md} describes them; a test compares. */
final class Functions {
  private static final Map<String, Function> ALL = all();

  private Functions() {}

  static Collection<Function> values() {
    return ALL.values();
  }

  /** The function of that name in CEL's trees, or null. */
  static @Nullable Function find(String celName) {
    return ALL.get(celName);
  }

  /** The names that a user may call. */
  static List<String> callable() {
    return ALL.values().stream().filter(each -> !each.isOperator()).map(Function::celName).toList();
  }

  private static Map<String, Function> all() {
    List<Function> list = new ArrayList<>();
    operators(list);
    vectors(list);
    numbers(list);
    conversions(list);
    Map<String, Function> byName = new LinkedHashMap<>();
    list.forEach(each -> byName.put(each.celName(), each));
    return byName;
  }

  private static void operators(List<Function> list) {
    list.add(arithmetic("_+_", Op.ADD));
    list.add(arithmetic("_-_", Op.SUBTRACT));
    list.add(arithmetic("_*_", Op.MULTIPLY));
    list.add(arithmetic("_/_", Op.DIVIDE));
    list.add(arithmetic("_%_", Op.REMAINDER));
    list.add(elementwise("-_", Op.NEGATE));
    list.add(order("_<_", Op.LESS));
    list.add(order("_<=_", Op.LESS_EQUAL));
    list.add(order("_>_", Op.GREATER));
    list.add(order("_>=_", Op.GREATER_EQUAL));
    list.add(equality("_==_", Op.EQUAL));
    list.add(equality("_!=_", Op.NOT_EQUAL));
    list.add(Function.of("_&&_", Op.AND, gives(BOOL, BOOL, BOOL)));
    list.add(Function.of("_||_", Op.OR, gives(BOOL, BOOL, BOOL)));
    list.add(Function.of("!_", Op.NOT, gives(BOOL, BOOL)));
    list.add(Function.of("_?_:_", Op.IF,
        gives(NUMBER, BOOL, NUMBER, NUMBER), gives(TEXT, BOOL, TEXT, TEXT), gives(BOOL, BOOL, BOOL, BOOL), gives(NUMBERS, BOOL, NUMBERS, NUMBERS)));
    list.add(Function.of("@in", Op.IN, gives(BOOL, NUMBER, NUMBERS), gives(BOOL, TEXT, TEXTS)));
    list.add(Function.of("_[_]", Op.INDEX, gives(NUMBER, NUMBERS, NUMBER), gives(TEXT, TEXTS, NUMBER), gives(BOOL, BOOLS, NUMBER)));
  }

  private static void vectors(List<Function> list) {
    list.add(Function.of("size", Op.SIZE, gives(NUMBER, NUMBERS), gives(NUMBER, TEXTS), gives(NUMBER, BOOLS), gives(NUMBER, TEXT)));
    list.add(new Function("min", Op.MIN, true, List.of(gives(NUMBER, NUMBERS), gives(NUMBER, NUMBER, NUMBER))));
    list.add(new Function("max", Op.MAX, true, List.of(gives(NUMBER, NUMBERS), gives(NUMBER, NUMBER, NUMBER))));
    list.add(reduction("sum", Op.SUM));
    list.add(reduction("mean", Op.MEAN));
    list.add(reduction("argmax", Op.ARGMAX));
    list.add(reduction("argmin", Op.ARGMIN));
    list.add(Function.of("softmax", Op.SOFTMAX, gives(NUMBERS, NUMBERS)));
    list.add(Function.of("top_k", Op.TOP_K, gives(NUMBERS, NUMBERS, NUMBER)));
    list.add(Function.of("top_k_values", Op.TOP_K_VALUES, gives(NUMBERS, NUMBERS, NUMBER)));
    list.add(new Function("concat", Op.CONCAT, true, List.of(
        gives(NUMBERS, NUMBERS, NUMBERS), gives(NUMBERS, NUMBERS, NUMBER), gives(NUMBERS, NUMBER, NUMBERS), gives(NUMBERS, NUMBER, NUMBER))));
    list.add(Function.of("label", Op.INDEX, gives(TEXT, NUMBER, TEXTS)));
  }

  private static void numbers(List<Function> list) {
    list.add(elementwise("abs", Op.ABS));
    list.add(elementwise("exp", Op.EXP));
    list.add(elementwise("log", Op.LOG));
    list.add(elementwise("sqrt", Op.SQRT));
    list.add(arithmetic("pow", Op.POW));
    list.add(elementwise("floor", Op.FLOOR));
    list.add(elementwise("ceil", Op.CEIL));
    list.add(elementwise("round", Op.ROUND));
    list.add(Function.of("clamp", Op.CLAMP, gives(NUMBER, NUMBER, NUMBER, NUMBER), gives(NUMBERS, NUMBERS, NUMBER, NUMBER)));
    list.add(Function.of("is_nan", Op.IS_NAN, gives(BOOL, NUMBER)));
    list.add(Function.of("is_finite", Op.IS_FINITE, gives(BOOL, NUMBER)));
  }

  private static void conversions(List<Function> list) {
    list.add(conversion("int", Op.TO_INT));
    list.add(conversion("double", Op.TO_DOUBLE));
    list.add(conversion("float", Op.TO_FLOAT));
    list.add(Function.of("bool", Op.TO_BOOL, gives(BOOL, NUMBER), gives(BOOL, TEXT), gives(BOOL, BOOL)));
    list.add(Function.of("string", Op.TO_TEXT, gives(TEXT, NUMBER), gives(TEXT, BOOL), gives(TEXT, TEXT)));
  }

  private static Function arithmetic(String name, Op op) {
    return Function.of(name, op,
        gives(NUMBER, NUMBER, NUMBER), gives(NUMBERS, NUMBERS, NUMBERS), gives(NUMBERS, NUMBERS, NUMBER), gives(NUMBERS, NUMBER, NUMBERS));
  }

  private static Function elementwise(String name, Op op) {
    return Function.of(name, op, gives(NUMBER, NUMBER), gives(NUMBERS, NUMBERS));
  }

  private static Function reduction(String name, Op op) {
    return Function.of(name, op, gives(NUMBER, NUMBERS));
  }

  private static Function order(String name, Op op) {
    return Function.of(name, op, gives(BOOL, NUMBER, NUMBER), gives(BOOL, TEXT, TEXT));
  }

  private static Function equality(String name, Op op) {
    return Function.of(name, op, gives(BOOL, NUMBER, NUMBER), gives(BOOL, TEXT, TEXT), gives(BOOL, BOOL, BOOL));
  }

  private static Function conversion(String name, Op op) {
    return Function.of(name, op, gives(NUMBER, NUMBER), gives(NUMBERS, NUMBERS), gives(NUMBER, BOOL), gives(NUMBER, TEXT));
  }
}
