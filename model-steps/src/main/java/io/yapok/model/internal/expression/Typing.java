package io.yapok.model.internal.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.yapok.model.internal.expression.NameResolver.Found;
import io.yapok.model.internal.kernel.Op;
import io.yapok.model.internal.kernel.Term;
import io.yapok.model.internal.kernel.ValueType;
import io.yapok.model.internal.kernel.ValueType.Base;
import io.yapok.schemas.RowShape;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns an expression whose kinds fit into a term: which numbers, how long the vectors. What still does not fit is reported. */
final class Typing {
  /** Stands in for what could not be typed, so that the rest is still looked at. */
  private static final Term NOTHING = new Term.IntegerConstant(0, new ValueType(Base.INT64, RowShape.SCALAR, true));

  private final Syntax syntax;
  private final Map<String, Found> columns;
  private final Report report;

  Typing(Syntax syntax, Map<String, Found> columns, Report report) {
    this.syntax = syntax;
    this.columns = columns;
    this.report = report;
  }

  Term type(CelExpr part) {
    String path = Syntax.path(part);
    if (path != null) {
      return read(Objects.requireNonNull(columns.get(path), path));
    }
    return switch (part.getKind()) {
      case CONSTANT -> constant(part.constant());
      case LIST -> apply(part, Op.LIST, part.list().elements());
      case CALL -> call(part);
      default -> throw new IllegalStateException("not refused before: " + part.getKind());
    };
  }

  private static Term read(Found found) {
    return new Term.Read(found.slot(), found.type(), ValueType.ofColumn(found.type(), found.shape()));
  }

  private static Term constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case INT64_VALUE -> new Term.IntegerConstant(constant.int64Value(), new ValueType(Base.INT64, RowShape.SCALAR, true));
      case DOUBLE_VALUE -> new Term.FloatConstant(constant.doubleValue(), new ValueType(Base.FLOAT64, RowShape.SCALAR, true));
      case BOOLEAN_VALUE -> new Term.BoolConstant(constant.booleanValue());
      case STRING_VALUE -> new Term.TextConstant(constant.stringValue());
      default -> throw new IllegalStateException("not refused before: " + constant.getKind());
    };
  }

  private Term call(CelExpr part) {
    List<CelExpr> args = part.call().args();
    Function function = Functions.find(part.call().function());
    if (function == null) {
      throw new IllegalStateException("not refused before: " + part.call().function());
    }
    boolean label = function.celName().equals("label");
    return apply(part, function.op(), label ? args.reversed() : args);
  }

  private Term apply(CelExpr part, Op op, List<CelExpr> parts) {
    List<Term> args = parts.stream().map(this::type).toList();
    try {
      return new Term.Apply(op, args, TypeRules.result(op, args));
    } catch (MismatchException mismatch) {
      report.add(syntax.offset(part), mismatch.what(), mismatch.whatToDo());
      return NOTHING;
    }
  }
}
