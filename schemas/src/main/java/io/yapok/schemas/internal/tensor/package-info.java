/** Records and results that are the bytes of tensors. */
@NullMarked
package io.yapok.schemas.internal.tensor;

import org.jspecify.annotations.NullMarked;
