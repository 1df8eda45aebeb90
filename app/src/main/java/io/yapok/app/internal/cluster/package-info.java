/** A cluster's topics and groups as commands look at them, without taking part in a group. */
@NullMarked
package io.yapok.app.internal.cluster;

import org.jspecify.annotations.NullMarked;
