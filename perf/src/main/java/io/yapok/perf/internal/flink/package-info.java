/** The strongest peer: Flink. Nothing of its runtime is on any class path but the benchmark's. */
@NullMarked
package io.yapok.perf.internal.flink;

import org.jspecify.annotations.NullMarked;
