/** What all parts of a benchmark say when it cannot go on. */
@NullMarked
package io.yapok.perf.internal;

import org.jspecify.annotations.NullMarked;
