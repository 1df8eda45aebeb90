/** What is a record: the batch and its columns, bytes to columns and back, and the pipeline document as records. */
@NullMarked
package io.yapok.schemas;

import org.jspecify.annotations.NullMarked;
