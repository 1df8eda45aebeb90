/** What a pipeline counts, as metrics for Prometheus. Names and units are listed in {@code docs/metrics.md}. */
@NullMarked
package io.yapok.app.internal.metrics;

import org.jspecify.annotations.NullMarked;
