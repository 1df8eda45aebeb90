/** Open-loop load: records leave at times fixed beforehand, whatever the contestant does, and latency counts from those times. */
@NullMarked
package io.yapok.perf.internal.latency;

import org.jspecify.annotations.NullMarked;
