/** Who runs the race: each contestant is a program that takes records from one topic to another. */
@NullMarked
package io.yapok.perf.internal.contestant;

import org.jspecify.annotations.NullMarked;
