package io.yapok.model.internal.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.yapok.model.internal.expression.NameResolver.Found;
import io.yapok.model.internal.kernel.CompiledExpression;
import io.yapok.model.internal.kernel.Term;
import io.yapok.model.internal.kernel.ValueType;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one expression of a document: CEL parses it, CEL's checker sees that its kinds fit, {@link Typing} settles which numbers and shapes they are. Nothing of
 * CEL is left in what comes out. Every problem found is reported; one object compiles one expression.
 */
public final class ExpressionCompiler {
  private final Located<String> expression;
  private final NameResolver resolver;
  private final Report report;
  private final boolean rule;

  private ExpressionCompiler(Located<String> expression, NameResolver resolver, List<Problem> problems, boolean rule) {
    this.expression = expression;
    this.resolver = resolver;
    this.report = new Report(expression, problems);
    this.rule = rule;
  }

  /**
   * Compiles an expression of any type.
   *
   * @param problems takes what is wrong with it
   * @return empty if anything is
   */
  public static Optional<CompiledExpression> compile(Located<String> expression, NameResolver resolver, List<Problem> problems) {
    return new ExpressionCompiler(expression, resolver, problems, false).compile();
  }

  /**
   * Compiles a rule: an expression that is true or false for each row.
   *
   * @param problems takes what is wrong with it
   * @return empty if anything is
   */
  public static Optional<CompiledExpression> compileRule(Located<String> expression, NameResolver resolver, List<Problem> problems) {
    return new ExpressionCompiler(expression, resolver, problems, true).compile();
  }

  private Optional<CompiledExpression> compile() {
    Syntax syntax = parse();
    if (syntax == null) {
      return Optional.empty();
    }
    Map<String, CelExpr> names = new SyntaxCheck(syntax, report).names();
    Map<String, Found> columns = new LinkedHashMap<>();
    Map<String, CelExpr> undecided = new LinkedHashMap<>();
    names.forEach((name, part) -> resolve(syntax, name, part, columns, undecided));
    if (report.foundAny()) {
      return Optional.empty();
    }
    decide(syntax, columns, undecided);
    if (report.foundAny()) {
      return Optional.empty();
    }
    check(syntax, columns, Map.of());
    return report.foundAny() ? Optional.empty() : type(syntax, columns);
  }

  private @Nullable Syntax parse() {
    String text = expression.value();
    if (text.isBlank()) {
      report.add("nothing", "write an expression");
      return null;
    }
    if (text.codePointCount(0, text.length()) > Cel.MAX_LENGTH) {
      report.add("more than " + Cel.MAX_LENGTH + " characters", "compute parts of it in entries of their own");
      return null;
    }
    CelValidationResult parsed = Cel.parse(text);
    try {
      Syntax syntax = new Syntax(parsed.getAst(), text);
      if (syntax.depth() > Cel.MAX_DEPTH) {
        report.add("more than " + Cel.MAX_DEPTH + " levels of operators and calls", "compute parts of it in entries of their own");
        return null;
      }
      return syntax;
    } catch (CelValidationException _) {
      CelMessages.ofParser(parsed, report);
      return null;
    }
  }

  private void resolve(Syntax syntax, String name, CelExpr part, Map<String, Found> columns, Map<String, CelExpr> undecided) {
    switch (resolver.resolve(name)) {
      case Found found -> {
        String refusal = refusal(found);
        if (refusal == null) {
          columns.put(name, found);
        } else {
          report.add(syntax.offset(part), name + " " + refusal, "declare it otherwise under source.fields, or leave it out");
        }
      }
      case NameResolver.Undecided _ -> undecided.put(name, part);
      case NameResolver.Unknown unknown -> report.add(syntax.offset(part), unknown.what(), unknown.whatToDo());
    }
  }

  private static @Nullable String refusal(Found found) {
    if (found.type() == ElementType.JSON) {
      return "is passed through as JSON text, which expressions cannot read";
    }
    return found.shape().isFixed() || found.shape().rank() == 1 ? null : "has rows of shape " + found.shape() + ", and expressions take only vectors of varying length";
  }

  /** Gives each undecided field the one kind that the checker accepts where it stands. */
  private void decide(Syntax syntax, Map<String, Found> columns, Map<String, CelExpr> undecided) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    undecided.forEach((name, part) -> {
      List<Kind> possible = possible(syntax, columns, undecided.keySet(), name, List.of(Kind.NUMBER, Kind.TEXT, Kind.BOOL));
      if (possible.isEmpty()) {
        possible = possible(syntax, columns, undecided.keySet(), name, List.of(Kind.NUMBERS, Kind.TEXTS));
      }
      if (possible.size() == 1) {
        kinds.put(name, possible.getFirst());
      } else if (possible.size() > 1) {
        String could = possible.stream().map(Kind::label).collect(Collectors.joining(" or "));
        report.add(syntax.offset(part), name + " could be " + could, "declare its type under source.fields");
      }
    });
    if (!report.foundAny() && kinds.size() < undecided.size()) {
      explain(syntax, columns, undecided, kinds.keySet());
    }
    if (!report.foundAny()) {
      kinds.forEach((name, kind) -> columns.put(name, resolver.decide(name, kind.fieldType(), kind.fieldShape())));
    }
  }

  /** Nothing fits: either the expression is wrong in any case, or the field is used as two things at once. */
  private void explain(Syntax syntax, Map<String, Found> columns, Map<String, CelExpr> undecided, Set<String> fitting) {
    check(syntax, columns, undecided.keySet().stream().collect(Collectors.toMap(name -> name, _ -> SimpleType.DYN)));
    if (!report.foundAny()) {
      undecided.entrySet().stream().filter(each -> !fitting.contains(each.getKey())).forEach(each -> report.add(
          syntax.offset(each.getValue()),
          "no type fits every use of " + each.getKey(),
          "declare its type under source.fields, and convert it where it is used as another"));
    }
  }

  private List<Kind> possible(Syntax syntax, Map<String, Found> columns, Set<String> undecided, String name, List<Kind> candidates) {
    Map<String, CelType> names = new HashMap<>();
    undecided.forEach(other -> names.put(other, SimpleType.DYN));
    return candidates.stream().filter(kind -> {
      names.put(name, kind.cel());
      return issues(syntax, columns, names).isEmpty();
    }).toList();
  }

  private void check(Syntax syntax, Map<String, Found> columns, Map<String, CelType> others) {
    issues(syntax, columns, others).forEach(issue -> CelMessages.ofChecker(issue, syntax, report));
  }

  private List<CelIssue> issues(Syntax syntax, Map<String, Found> columns, Map<String, CelType> others) {
    Map<String, CelType> names = new HashMap<>(others);
    columns.forEach((name, found) -> names.put(name, Kind.of(ValueType.ofColumn(found.type(), found.shape())).cel()));
    Set<String> singles = columns.entrySet().stream().filter(each -> isSingle(each.getValue())).map(Map.Entry::getKey).collect(Collectors.toSet());
    return Cel.check(new CheckedForm(singles).of(syntax.root()), syntax, names, rule);
  }

  private static boolean isSingle(Found found) {
    return found.shape().rank() > 0 && found.shape().isFixed() && found.shape().elements() == 1;
  }

  private Optional<CompiledExpression> type(Syntax syntax, Map<String, Found> columns) {
    Term term = new Typing(syntax, columns, report).type(syntax.root());
    return report.foundAny() ? Optional.empty() : Optional.of(new CompiledExpression(expression.value(), term));
  }
}
