/** What is scored: the model, the records, and the pipeline document that says so. */
@NullMarked
package io.yapok.perf.internal.workload;

import org.jspecify.annotations.NullMarked;
