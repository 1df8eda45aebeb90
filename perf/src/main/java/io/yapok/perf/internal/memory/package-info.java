/** How much memory an instance holds. */
@NullMarked
package io.yapok.perf.internal.memory;

import org.jspecify.annotations.NullMarked;
