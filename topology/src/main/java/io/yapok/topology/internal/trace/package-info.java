/** What becomes of a record's {@code traceparent}, and spans of batches: nothing unless an exporter is configured. The only package that knows OpenTelemetry. */
@NullMarked
package io.yapok.topology.internal.trace;

import org.jspecify.annotations.NullMarked;
