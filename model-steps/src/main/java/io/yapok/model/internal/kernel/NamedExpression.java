package io.yapok.model.internal.kernel;

/**
 * An expression, the name of its value and the column that takes it.
 *
 * @param slot of a column of the expression's type and shape
 */
public record NamedExpression(String name, CompiledExpression expression, int slot) {}
