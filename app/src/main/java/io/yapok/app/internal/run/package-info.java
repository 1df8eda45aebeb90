/** A pipeline as a service: its life cycle, its health and its management port. */
@NullMarked
package io.yapok.app.internal.run;

import org.jspecify.annotations.NullMarked;
