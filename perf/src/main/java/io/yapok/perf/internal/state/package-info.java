/** What remembering costs: the same records with more and fewer features, keys known before or new, beside a store written by hand and Redis. */
@NullMarked
package io.yapok.perf.internal.state;

import org.jspecify.annotations.NullMarked;
