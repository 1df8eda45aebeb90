/** What became of rejected records: the dead-letter topic read, grouped, shown and replayed. */
@NullMarked
package io.yapok.app.internal.rejects;

import org.jspecify.annotations.NullMarked;
