package io.yapok.model.internal.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed expression, and where its parts stand in the text. */
final class Syntax {
  private final CelAbstractSyntaxTree tree;
  private final String text;
  private final Map<Long, CelExpr> nodes = new HashMap<>();
  private int depth;

  Syntax(CelAbstractSyntaxTree tree, String text) {
    this.tree = tree;
    this.text = text;
    index();
  }

  CelAbstractSyntaxTree tree() {
    return tree;
  }

  CelExpr root() {
    return tree.getExpr();
  }

  /** How deep the tree is; found without recursion, so it is safe on any tree. */
  int depth() {
    return depth;
  }

  /** The part of that id, or of the one that {@link CheckedForm} added for it. */
  @Nullable CelExpr node(long id) {
    return nodes.get(id % CheckedForm.ADDED);
  }

  /** The code point that a part of the expression begins with. */
  int offset(CelExpr part) {
    int least = ownOffset(part);
    for (CelExpr child : children(part)) {
      least = Math.min(least, offset(child));
    }
    return least == Integer.MAX_VALUE ? 0 : least;
  }

  /** CEL places a call at its parenthesis or operator; a function's name stands before that. */
  private int ownOffset(CelExpr part) {
    Integer place = tree.getSource().getPositionsMap().get(part.id());
    if (place == null) {
      return Integer.MAX_VALUE;
    }
    if (part.getKind() == ExprKind.Kind.CALL && Character.isLetter(part.call().function().charAt(0))) {
      int at = text.lastIndexOf(part.call().function(), text.offsetByCodePoints(0, Math.min(place, text.codePointCount(0, text.length()))));
      return at < 0 ? place : text.codePointCount(0, at);
    }
    return place;
  }

  /** The name that a chain of names, dots and brackets with text in them spells; null for anything else. */
  static @Nullable String path(CelExpr part) {
    return switch (part.getKind()) {
      case IDENT -> part.ident().name();
      case SELECT -> longer(path(part.select().operand()), part.select().field());
      case CALL -> {
        List<CelExpr> args = part.call().args();
        boolean names = part.call().function().equals("_[_]") && constant(args.get(1), CelConstant.Kind.STRING_VALUE);
        yield names ? longer(path(args.get(0)), args.get(1).constant().stringValue()) : null;
      }
      default -> null;
    };
  }

  private static @Nullable String longer(@Nullable String path, String field) {
    return path == null ? null : path + "." + field;
  }

  static boolean constant(CelExpr part, CelConstant.Kind kind) {
    return part.getKind() == ExprKind.Kind.CONSTANT && part.constant().getKind() == kind;
  }

  /** The parts that a part is made of; none for those that expressions do not have. */
  static List<CelExpr> children(CelExpr part) {
    return switch (part.getKind()) {
      case SELECT -> List.of(part.select().operand());
      case CALL -> {
        List<CelExpr> parts = new ArrayList<>(part.call().args());
        part.call().target().ifPresent(parts::addFirst);
        yield parts;
      }
      case LIST -> part.list().elements();
      default -> List.of();
    };
  }

  private void index() {
    Deque<CelExpr> level = new ArrayDeque<>(List.of(root()));
    while (!level.isEmpty()) {
      depth++;
      for (int left = level.size(); left > 0; left--) {
        CelExpr part = level.remove();
        nodes.put(part.id(), part);
        level.addAll(children(part));
      }
    }
  }
}
