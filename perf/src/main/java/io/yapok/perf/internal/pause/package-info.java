/** How long a JVM stands still under load, beside one that only sleeps. */
@NullMarked
package io.yapok.perf.internal.pause;

import org.jspecify.annotations.NullMarked;
