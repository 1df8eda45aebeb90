/**
 * Answers: where does a Kafka come from when nobody has one? One broker in this JVM ({@link
 * io.yapok.embedded.EmbeddedKafka}) or in a child JVM ({@link io.yapok.embedded.KafkaProcess}).
 */
@NullMarked
package io.yapok.embedded;

import org.jspecify.annotations.NullMarked;
