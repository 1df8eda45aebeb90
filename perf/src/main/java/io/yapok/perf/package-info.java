/** How fast it is, and where the time goes: the benchmarks and their own main. */
@NullMarked
package io.yapok.perf;

import org.jspecify.annotations.NullMarked;
