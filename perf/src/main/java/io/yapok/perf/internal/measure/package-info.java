/** How a race is run: the broker, the records, the contestants' JVMs, what they used, and whether they answered rightly. */
@NullMarked
package io.yapok.perf.internal.measure;

import org.jspecify.annotations.NullMarked;
