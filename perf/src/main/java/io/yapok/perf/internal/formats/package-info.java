/** What it costs to decode the same records in each format, beside decoders that anybody would write first. Without Kafka. */
@NullMarked
package io.yapok.perf.internal.formats;

import org.jspecify.annotations.NullMarked;
