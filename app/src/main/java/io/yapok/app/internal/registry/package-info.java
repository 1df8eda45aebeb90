/** Answers: where does a schema registry come from when nobody has one? */
@NullMarked
package io.yapok.app.internal.registry;

import org.jspecify.annotations.NullMarked;
