/** What a person asks for: which benchmark, how large, how often. */
@NullMarked
package io.yapok.perf.internal.cli;

import org.jspecify.annotations.NullMarked;
