/** What decoders of different formats share: the fields that a pipeline reads, the shapes that values turn out to have, and how a record is refused. */
@NullMarked
package io.yapok.schemas.internal.field;

import org.jspecify.annotations.NullMarked;
