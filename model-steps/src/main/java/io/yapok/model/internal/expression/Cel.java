package io.yapok.model.internal.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CEL's parser and checker with our functions only: none of its own, no macros. */
final class Cel {
  /** Longer texts are refused. */
  static final int MAX_LENGTH = 4000;

  /** Deeper expressions are refused: the compiler and the nodes recurse. */
  static final int MAX_DEPTH = 100;

  private static final CelOptions OPTIONS = CelOptions.current()
      .maxExpressionCodePointSize(MAX_LENGTH)
      .maxParseRecursionDepth(MAX_DEPTH)
      .enableQuotedIdentifierSyntax(true)
      .build();

  private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder().setOptions(OPTIONS).build();

  private static final List<CelFunctionDecl> FUNCTIONS = Functions.values().stream().map(Cel::declare).toList();

  private Cel() {}

  static CelValidationResult parse(String text) {
    return PARSER.parse(text);
  }

  /**
   * What CEL's checker finds wrong.
   *
   * @param form of the expression, as {@link CheckedForm} makes it
   * @param names and their kinds; a name that is missing may be anything
   */
  static List<CelIssue> check(CelExpr form, Syntax syntax, Map<String, CelType> names, boolean rule) {
    CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardEnvironmentEnabled(false)
        .addFunctionDeclarations(FUNCTIONS);
    names.forEach(builder::addVar);
    if (rule) {
      builder.setResultType(SimpleType.BOOL);
    }
    return builder.build().check(CelAbstractSyntaxTree.newParsedAst(form, syntax.tree().getSource())).getErrors();
  }

  private static CelFunctionDecl declare(Function function) {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    for (Function.Signature signature : function.signatures()) {
      overloads.add(CelOverloadDecl.newGlobalOverload(
          function.celName() + overloads.size(), signature.result().cel(), signature.params().stream().map(Kind::cel).toList()));
    }
    return CelFunctionDecl.newFunctionDeclaration(function.celName(), overloads);
  }
}
