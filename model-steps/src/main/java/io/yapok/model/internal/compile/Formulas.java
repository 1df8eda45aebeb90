package io.yapok.model.internal.compile;

import io.yapok.model.CompiledSteps;
import io.yapok.model.Step;
import io.yapok.model.internal.expression.ExpressionCompiler;
import io.yapok.model.internal.kernel.CompiledExpression;
import io.yapok.model.internal.kernel.NamedExpression;
import io.yapok.model.internal.kernel.TransformStep;
import io.yapok.model.internal.kernel.ValidateStep;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.PipelineStep.Formula;
import io.yapok.schemas.Problem;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions of transforms and rules. */
final class Formulas {
  private final Columns columns;
  private final Problems problems;
  private final List<Named> rules = new ArrayList<>();
  private final Map<String, Where> ruleNames = new HashMap<>();

  Formulas(Columns columns, Problems problems) {
    this.columns = columns;
    this.problems = problems;
  }

  /** An expression's compiler: of any type, or of rules alone. */
  private interface Compiler {
    Optional<CompiledExpression> compile(Located<String> expression, Scope scope, List<Problem> found);
  }

  /** A transform, whose answers the scope then knows one after the other. */
  Step transform(PipelineStep.TransformStep step, Scope scope) {
    List<NamedExpression> compiled = new ArrayList<>();
    for (Formula formula : step.results()) {
      String name = formula.name().value();
      Optional<CompiledExpression> expression = compile(formula, scope, ExpressionCompiler::compile);
      if (scope.isTaken(name)) {
        problems.add("\"" + name + "\" is answered twice, first " + scope.placeOf(name), formula.name().where(), "choose another name");
      } else if (expression.isEmpty()) {
        scope.breakAnswer(name, formula.name().where());
      } else {
        int slot = columns.add("out." + name, expression.get().type(), expression.get().shape());
        compiled.add(new NamedExpression(name, expression.get(), slot));
        scope.answer(name, slot, formula.name().where());
      }
    }
    return new TransformStep(step.name().value(), compiled);
  }

  /** A step of rules. */
  Step validate(PipelineStep.ValidateStep step, Scope scope) {
    List<NamedExpression> compiled = new ArrayList<>();
    for (Formula rule : step.rules()) {
      String name = rule.name().value();
      Optional<CompiledExpression> expression = compile(rule, scope, ExpressionCompiler::compileRule);
      Where first = ruleNames.putIfAbsent(name, rule.name().where());
      if (first != null) {
        problems.add("two rules are named \"" + name + "\", the first on line " + first.line(), rule.name().where(), "choose another name");
      } else if (expression.isPresent()) {
        int slot = columns.add("anomaly." + name, expression.get().type(), expression.get().shape());
        compiled.add(new NamedExpression(name, expression.get(), slot));
        rules.add(new Named(name, slot));
      }
    }
    return new ValidateStep(step.name().value(), compiled);
  }

  /** What the sink takes alone; null if it is wrong. */
  CompiledSteps.@Nullable SinkCondition only(Located<String> condition, Scope scope) {
    Formula formula = new Formula(new Located<>("only", condition.where()), condition);
    CompiledExpression expression = compile(formula, scope, ExpressionCompiler::compileRule).orElse(null);
    if (expression == null) {
      return null;
    }
    int slot = columns.add("sink.only", expression.type(), expression.shape());
    return new CompiledSteps.SinkCondition(new ValidateStep(Reject.SINK, List.of(new NamedExpression("only", expression, slot))), slot);
  }

  /** The columns of all rules so far. */
  List<Named> rules() {
    return List.copyOf(rules);
  }

  /** What an expression reads that is broken is reported already, and what else is found in it may follow from that. */
  private Optional<CompiledExpression> compile(Formula formula, Scope scope, Compiler compiler) {
    List<Problem> found = new ArrayList<>();
    scope.takeMetBroken();
    Optional<CompiledExpression> expression = compiler.compile(formula.expression(), scope, found);
    if (!scope.takeMetBroken()) {
      problems.addAll(found);
    }
    return expression;
  }
}
