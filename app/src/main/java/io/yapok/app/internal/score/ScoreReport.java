package io.yapok.app.internal.score;

import java.time.Duration;

/** How a file was scored: {@code in = out + rejected}. */
public record ScoreReport(long in, long out, long rejected, Duration elapsed) {}
