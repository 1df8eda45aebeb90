package io.yapok.model.internal.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What CEL's parser and checker say, in the words of these expressions. */
final class CelMessages {
  private static final Pattern NO_OVERLOAD = Pattern.compile("found no matching overload for '.*' applied to '(.*?)'.*", Pattern.DOTALL);
  private static final Pattern WRONG_RESULT = Pattern.compile("expected type 'bool' but found '(.*?)'.*", Pattern.DOTALL);
  private static final String READ_THE_GRAMMAR = "see docs/expressions.md for how expressions are written";

  private CelMessages() {}

  /** Reports what the parser could not read. */
  static void ofParser(CelValidationResult parsed, Report report) {
    for (CelIssue issue : parsed.getErrors()) {
      String what = issue.getMessage().replace("ERROR: ", "").replaceAll("\\s+", " ");
      CelSourceLocation place = issue.getSourceLocation();
      parsed.getSource().getLocationOffset(place).ifPresentOrElse(
          offset -> report.add(offset, what, hint(what)),
          () -> report.add(what, hint(what)));
    }
  }

  private static String hint(String what) {
    if (what.contains("reserved identifier")) {
      return "write a field of that name as input[\"name\"]";
    }
    return what.contains("recursion") ? "compute parts of it in entries of their own" : READ_THE_GRAMMAR;
  }

  /** Reports what does not fit together. */
  static void ofChecker(CelIssue issue, Syntax syntax, Report report) {
    CelExpr part = syntax.node(issue.getExprId());
    int offset = part == null ? Math.max(0, issue.getSourceLocation().getColumn()) : syntax.offset(part);
    Matcher overload = NO_OVERLOAD.matcher(issue.getMessage());
    Function function = function(part);
    if (overload.matches() && function != null) {
      report.add(offset, function.symbol() + " does not take " + kinds(overload.group(1)), "it can be written " + function.usage());
      return;
    }
    Matcher result = WRONG_RESULT.matcher(issue.getMessage());
    if (result.matches()) {
      report.add("a rule is true or false, and this is a " + kinds(result.group(1)), "compare it with something");
      return;
    }
    report.add(offset, kinds(issue.getMessage()), READ_THE_GRAMMAR);
  }

  private static @Nullable Function function(@Nullable CelExpr part) {
    return part != null && part.getKind() == ExprKind.Kind.CALL ? Functions.find(part.call().function()) : null;
  }

  private static String kinds(String celTypes) {
    return celTypes
        .replace("list(double)", Kind.NUMBERS.label())
        .replace("list(string)", Kind.TEXTS.label())
        .replace("list(bool)", Kind.BOOLS.label())
        .replace("double", Kind.NUMBER.label())
        .replace("string", Kind.TEXT.label())
        .replace("dyn", "anything");
  }
}
