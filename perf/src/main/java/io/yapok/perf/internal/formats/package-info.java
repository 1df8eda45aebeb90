/** What it costs to decode the same records in each format, beside decoders that others would write; without Kafka, and from topic to topic. */
@NullMarked
package io.yapok.perf.internal.formats;

import org.jspecify.annotations.NullMarked;
