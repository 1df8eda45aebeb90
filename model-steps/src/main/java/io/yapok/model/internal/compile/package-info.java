/** How a pipeline document and its model files become compiled steps: names to columns, columns to kernels, and every problem on the way. */
@NullMarked
package io.yapok.model.internal.compile;

import org.jspecify.annotations.NullMarked;
