/**
 * Answers: how do I get a small ONNX file without Python? Graphs are immutable values, and the same
 * graph always gives the same bytes: there is no time stamp, no random id and no hash order in them.
 *
 * <p>{@link io.yapok.onnxwriter.SampleModels} and {@link io.yapok.onnxwriter.AwkwardModels} hold the
 * ready graphs that tests and benchmarks share.
 */
@NullMarked
package io.yapok.onnxwriter;

import org.jspecify.annotations.NullMarked;
