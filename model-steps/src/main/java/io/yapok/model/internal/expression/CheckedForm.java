package io.yapok.model.internal.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The form of an expression that CEL's checker is shown. It has no widening and no repeated arguments, so here integer literals are doubles, a call with many arguments
 * is a chain of calls with two, and a path is one name. Parts keep their ids, so that what the checker says can be placed; a part that is added gets the id of
 * the one it stands for, plus multiples of {@link #ADDED}.
 */
final class CheckedForm {
  /** More than any expression has parts. */
  static final long ADDED = 1_000_000;

  private final Set<String> singles;
  private long added;

  /**
   * @param singles names of columns whose rows are vectors of one element: they count as numbers, but where a function takes a vector they are one
   */
  CheckedForm(Set<String> singles) {
    this.singles = singles;
  }

  CelExpr of(CelExpr part) {
    String path = Syntax.path(part);
    if (path != null) {
      return CelExpr.ofIdent(part.id(), path);
    }
    return switch (part.getKind()) {
      case CONSTANT -> constant(part);
      case CALL -> call(part);
      case LIST -> part.toBuilder().setList(elements(part)).build();
      default -> part;
    };
  }

  private CelExpr.CelList elements(CelExpr part) {
    CelExpr.CelList.Builder list = CelExpr.CelList.newBuilder();
    part.list().elements().forEach(element -> list.addElements(of(element)));
    return list.build();
  }

  private static CelExpr constant(CelExpr part) {
    return part.constant().getKind() == CelConstant.Kind.INT64_VALUE
        ? CelExpr.newBuilder().setId(part.id()).setConstant(CelConstant.ofValue((double) part.constant().int64Value())).build()
        : part;
  }

  private CelExpr call(CelExpr part) {
    Function function = Functions.find(part.call().function());
    List<CelExpr> args = part.call().args();
    if (function == null) {
      return part;
    }
    if (!function.repeats() || args.size() < 3) {
      List<CelExpr> forms = new ArrayList<>(args.stream().map(this::of).toList());
      if (!args.isEmpty() && takesVectorFirst(function, args.size()) && isSingle(args.getFirst())) {
        forms.set(0, vectorOf(addedId(part), forms.getFirst()));
      }
      return call(part, forms);
    }
    CelExpr chain = of(args.getFirst());
    for (CelExpr next : args.subList(1, args.size())) {
      chain = call(part, List.of(chain, of(next))).toBuilder().setId(addedId(part)).build();
    }
    return chain;
  }

  private static CelExpr call(CelExpr part, List<CelExpr> args) {
    CelExpr.CelCall.Builder call = CelExpr.CelCall.newBuilder().setFunction(part.call().function());
    args.forEach(call::addArgs);
    return CelExpr.newBuilder().setId(part.id()).setCall(call.build()).build();
  }

  private long addedId(CelExpr part) {
    return part.id() + ADDED * ++added;
  }

  private boolean isSingle(CelExpr part) {
    String path = Syntax.path(part);
    return path != null && singles.contains(path);
  }

  /** Whether the first of so many arguments can only be a vector. */
  private static boolean takesVectorFirst(Function function, int args) {
    return function.signatures().stream().filter(each -> each.params().size() == args)
        .map(each -> each.params().getFirst()).filter(kind -> kind == Kind.NUMBER || kind == Kind.NUMBERS)
        .reduce((one, other) -> one == other ? one : Kind.NUMBER)
        .orElse(Kind.NUMBER) == Kind.NUMBERS;
  }

  private static CelExpr vectorOf(long id, CelExpr element) {
    return CelExpr.newBuilder().setId(id).setList(CelExpr.CelList.newBuilder().addElements(element).build()).build();
  }
}
