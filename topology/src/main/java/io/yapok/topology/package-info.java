/** How it is wired: the Kafka Streams topology, batching, error policy and delivery. */
@NullMarked
package io.yapok.topology;

import org.jspecify.annotations.NullMarked;
