/** How a value is computed from a batch's columns, row by row without allocating: typed terms, the nodes they become, and the steps built of them. */
@NullMarked
package io.yapok.model.internal.kernel;

import org.jspecify.annotations.NullMarked;
