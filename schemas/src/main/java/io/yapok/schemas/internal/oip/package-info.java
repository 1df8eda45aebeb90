/** Inference requests of the Open Inference Protocol (version 2), as clients of Triton and KServe write them, to rows. */
@NullMarked
package io.yapok.schemas.internal.oip;

import org.jspecify.annotations.NullMarked;
