/** Aggregates that are approximate, by libraries of sketches. */
@NullMarked
package io.yapok.state.internal.sketch;

import org.jspecify.annotations.NullMarked;
