package io.yapok.perf.internal.measure;

import java.util.Map;

/**
 * What a measure came to.
 *
 * @param text a table for a person
 * @param json the same for a program: names to numbers, texts, true and false, and maps and lists of those
 * @param valid false if the figures mean nothing, which the text then says with the reason
 */
public record Outcome(String text, Map<String, ?> json, boolean valid) {}
