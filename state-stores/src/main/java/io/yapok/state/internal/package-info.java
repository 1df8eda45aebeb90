/** How state is kept: the value's bytes, the keys of one batch, and RocksDB's memory. */
@NullMarked
package io.yapok.state.internal;

import org.jspecify.annotations.NullMarked;
