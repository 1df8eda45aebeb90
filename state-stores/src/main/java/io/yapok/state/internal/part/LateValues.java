package io.yapok.state.internal.part;

import io.yapok.schemas.PipelineState.Late;
import java.util.concurrent.atomic.LongAdder;

/**
 * What becomes of values that come after their window, and how many there were of each. Counted by the thread that adds, read by any.
 *
 * @param rule of the pipeline
 */
public record LateValues(Late rule, LongAdder dropped, LongAdder intoOwnWindow, LongAdder intoNewestWindow) {}
