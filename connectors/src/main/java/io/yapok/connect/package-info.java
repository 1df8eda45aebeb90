/** The edges that speak another protocol: configurations for a Kafka Connect worker. */
@NullMarked
package io.yapok.connect;

import org.jspecify.annotations.NullMarked;
