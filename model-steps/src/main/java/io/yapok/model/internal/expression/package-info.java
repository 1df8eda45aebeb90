/** What an expression of a document means: parsed and checked by CEL, its names found, its types settled. Only here is CEL known. */
@NullMarked
package io.yapok.model.internal.expression;

import org.jspecify.annotations.NullMarked;
