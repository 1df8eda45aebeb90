package io.yapok.model.internal.expression;

import dev.cel.common.CelIssue;
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

  /** The grammar's alternatives, which say little to someone who writes a rule. */
  private static final Pattern EXPECTED = Pattern.compile(" expecting \\{.*");

  private static final int MAX_MESSAGE = 120;
  private static final String READ_THE_GRAMMAR = "see docs/expressions.md for how expressions are written";

  private CelMessages() {}

  /** Reports what the parser could not read: the first of it, since what it says of the rest is guesswork. */
  static void ofParser(CelValidationResult parsed, Report report) {
    CelIssue issue = parsed.getErrors().getFirst();
    String what = shortened(EXPECTED.matcher(issue.getMessage().replaceAll("\\s+", " ")).replaceFirst(""));
    parsed.getSource().getLocationOffset(issue.getSourceLocation()).ifPresentOrElse(
        offset -> report.add(offset, what, hint(what)),
        () -> report.add(what, hint(what)));
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
  }

  private static String hint(String what) {
    if (what.contains("reserved identifier") || what.contains("'.in'")) {
      return "write a field of that name as input[\"name\"]";
    }
    if (what.contains("'and'") || what.contains("'or'") || what.contains("'not'")) {
      return "write && for and, || for or, ! for not";
    }
    if (what.contains("at: '=")) {
      return "write == to compare";
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
      String given = kinds(overload.group(1));
      boolean elements = given.contains(Kind.NUMBERS.label()) && function.signatures().getFirst().result() == Kind.BOOL;
      report.add(offset, function.symbol() + " does not take " + given,
          "it can be written " + function.usage() + (elements ? "; take one number of a vector v as v[0] or max(v)" : ""));
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
