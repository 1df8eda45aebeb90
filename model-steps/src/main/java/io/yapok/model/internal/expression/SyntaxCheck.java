package io.yapok.model.internal.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import io.yapok.schemas.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Refuses what CEL's grammar has and expressions have not, and collects the names that are used. */
final class SyntaxCheck {
  private final Syntax syntax;
  private final Report report;
  private final Map<String, CelExpr> names = new LinkedHashMap<>();

  SyntaxCheck(Syntax syntax, Report report) {
    this.syntax = syntax;
    this.report = report;
  }

  /** Each name and where it is used first. */
  Map<String, CelExpr> names() {
    visit(syntax.root());
    return names;
  }

  private void visit(CelExpr part) {
    String path = Syntax.path(part);
    if (path != null) {
      names.putIfAbsent(path, part);
      return;
    }
    switch (part.getKind()) {
      case CONSTANT -> visit(part, part.constant());
      case CALL -> visit(part, part.call());
      case LIST -> {
        if (part.list().elements().isEmpty()) {
          refuse(part, "an empty list", "write what it is to hold");
        }
        part.list().elements().forEach(this::visit);
      }
      case SELECT -> refuse(part, "a part of something that is not a name", "write a name such as input.card.country");
      case MAP, STRUCT -> refuse(part, "a map", "expressions know numbers, text, true and false, and vectors");
      default -> refuse(part, "something that expressions do not have", "see docs/expressions.md");
    }
  }

  private void visit(CelExpr part, CelConstant constant) {
    switch (constant.getKind()) {
      case INT64_VALUE, DOUBLE_VALUE, BOOLEAN_VALUE, STRING_VALUE -> { }
      case UINT64_VALUE -> refuse(part, "an unsigned number", "leave out the u");
      case NULL_VALUE -> refuse(part, "null", "give the field a default under source.fields");
      default -> refuse(part, "bytes", "write text in plain quotes");
    }
  }

  private void visit(CelExpr part, CelCall call) {
    if (call.target().isPresent()) {
      refuse(part, "a call behind a dot", "write " + call.function() + "(value) instead of value." + call.function() + "()");
      return;
    }
    if (Functions.find(call.function()) == null) {
      Optional<String> meant = Nearest.to(call.function(), Functions.callable());
      refuse(part, "no function is named \"" + call.function() + "\"",
          meant.map(name -> "did you mean " + name + "?").orElse("see docs/expressions.md for those there are"));
    }
    call.args().forEach(this::visit);
  }

  private void refuse(CelExpr part, String what, String whatToDo) {
    report.add(syntax.offset(part), what, whatToDo);
  }
}
