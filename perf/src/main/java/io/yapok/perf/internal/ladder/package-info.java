/** What each stage of a record's path costs: the same drain with one stage more each time, and each cost the difference to the one before. */
@NullMarked
package io.yapok.perf.internal.ladder;

import org.jspecify.annotations.NullMarked;
