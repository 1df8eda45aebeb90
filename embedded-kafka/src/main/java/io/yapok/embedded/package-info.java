/** A Kafka broker inside this JVM, for the demo, for development and for integration tests. */
@NullMarked
package io.yapok.embedded;

import org.jspecify.annotations.NullMarked;
