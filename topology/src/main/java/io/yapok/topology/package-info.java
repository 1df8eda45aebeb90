/**
 * How it is wired: the Kafka Streams topology, batching, error policy and delivery. {@link io.yapok.topology.Yapok} starts pipelines and puts them into a user's
 * own streams; {@link io.yapok.topology.PipelineRunner} is the record's path, without Kafka.
 */
@NullMarked
package io.yapok.topology;

import org.jspecify.annotations.NullMarked;
