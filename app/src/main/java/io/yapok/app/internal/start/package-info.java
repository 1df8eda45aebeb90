/** What makes {@code yapok run} start fast. */
@NullMarked
package io.yapok.app.internal.start;

import org.jspecify.annotations.NullMarked;
