/** The bytes of what is remembered about a key. */
@NullMarked
package io.yapok.state.internal.stored;

import org.jspecify.annotations.NullMarked;
