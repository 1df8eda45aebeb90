/** How long it takes from the start of a process to the first scored record that a reader sees, and where that time goes. */
@NullMarked
package io.yapok.perf.internal.start;

import org.jspecify.annotations.NullMarked;
