package io.yapok.perf.internal.workload;

/**
 * A table that a pipeline joins its records with, there before the first of them.
 *
 * @param rows by their keys, numbered from 0
 * @param count how many
 */
public record TableTopic(String topic, RecordPool rows, int count) {}
