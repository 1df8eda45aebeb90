package io.yapok.schemas;

import org.jspecify.annotations.Nullable;

/**
 * A header of a result, which takes the place of whatever header of that name came with the record.
 *
 * @param name as Kafka's records have it
 * @param value UTF-8, shared between records and never written to; null where the result has no header of this name
 */
public record ResultHeader(String name, byte @Nullable [] value) {}
