/** What becomes of records' fields on their way into a model: kernels that lay numbers, words and vectors out into the columns that tensors view. */
@NullMarked
package io.yapok.model.internal.mapping;

import org.jspecify.annotations.NullMarked;
