/** What came out, for people and for programs. */
@NullMarked
package io.yapok.perf.internal.report;

import org.jspecify.annotations.NullMarked;
