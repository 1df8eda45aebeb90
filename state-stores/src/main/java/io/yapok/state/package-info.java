/** What is remembered per key: stores, their codecs, and recalling into and remembering from a batch's columns. */
@NullMarked
package io.yapok.state;

import org.jspecify.annotations.NullMarked;
