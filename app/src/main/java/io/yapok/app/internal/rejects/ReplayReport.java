package io.yapok.app.internal.rejects;

/**
 * What a replay did.
 *
 * @param replayed records sent to the source topic
 * @param already rejects that an earlier replay had sent
 * @param tooOften rejects of records that were replayed as often as allowed
 * @param gone pointers whose record the source topic no longer has
 */
public record ReplayReport(long replayed, long already, long tooOften, long gone) {}
