/** Models on ONNX Runtime: what a file holds, whether its rows may share a run, and running it over a batch's columns. The only package that knows the runtime. */
@NullMarked
package io.yapok.model.internal.onnx;

import org.jspecify.annotations.NullMarked;
