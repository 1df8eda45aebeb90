/**
 * How batches travel through Kafka Streams: polls are folded into one record each on the way in, results are unfolded into sends on the way out, and between
 * the two a processor hands whole batches to the plain runner.
 */
@NullMarked
package io.yapok.topology.internal;

import org.jspecify.annotations.NullMarked;
