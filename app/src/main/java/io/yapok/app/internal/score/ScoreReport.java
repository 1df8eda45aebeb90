package io.yapok.app.internal.score;

import java.time.Duration;

/**
 * How a file was scored: {@code in = out + rejected + filtered}.
 *
 * @param filtered lines whose results the sink does not take
 */
public record ScoreReport(long in, long out, long rejected, long filtered, Duration elapsed) {}
