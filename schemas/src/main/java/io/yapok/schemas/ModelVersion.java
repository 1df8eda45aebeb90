package io.yapok.schemas;

/**
 * Which model answered.
 *
 * @param name the model's name: its directory under {@code models/}, or the file's stem
 * @param version its directory's number under {@code models/NAME/}; 1 for a plain file
 * @param sha256 of the file's bytes, lower-case hexadecimal
 */
public record ModelVersion(String name, long version, String sha256) {}
