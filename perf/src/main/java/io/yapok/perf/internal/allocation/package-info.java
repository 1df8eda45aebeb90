/** How many bytes a record costs the garbage collector, less what Kafka's clients need of everyone. */
@NullMarked
package io.yapok.perf.internal.allocation;

import org.jspecify.annotations.NullMarked;
