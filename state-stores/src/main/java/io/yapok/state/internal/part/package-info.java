/** What is remembered about one key, part by part: each knows how it is added to, shown, and stored in Avro. */
@NullMarked
package io.yapok.state.internal.part;

import org.jspecify.annotations.NullMarked;
