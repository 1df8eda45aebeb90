/** Writes small ONNX files, for tests and measurements that need a model of a known shape. */
@NullMarked
package io.yapok.onnxwriter;

import org.jspecify.annotations.NullMarked;
