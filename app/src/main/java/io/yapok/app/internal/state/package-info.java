/** What is remembered per key, for people and other programs: asked from running instances, written into files and loaded from them. */
@NullMarked
package io.yapok.app.internal.state;

import org.jspecify.annotations.NullMarked;
