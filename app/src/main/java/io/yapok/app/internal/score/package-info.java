/** A pipeline's steps over a file, without Kafka. */
@NullMarked
package io.yapok.app.internal.score;

import org.jspecify.annotations.NullMarked;
