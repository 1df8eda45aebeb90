/** Answers: what does a Kafka broker need to be told, and in which order, to start and stop cleanly? */
@NullMarked
package io.yapok.embedded.internal;

import org.jspecify.annotations.NullMarked;
