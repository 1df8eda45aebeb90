package io.yapok.state.internal.part;

/** What a record or field is known again by: the first 128 bits of its SHA-256. */
public record Fingerprint(long high, long low) {}
