/** What does a pipeline document say: YAML to records, and every problem of it with its place. */
@NullMarked
package io.yapok.schemas.internal.document;

import org.jspecify.annotations.NullMarked;
