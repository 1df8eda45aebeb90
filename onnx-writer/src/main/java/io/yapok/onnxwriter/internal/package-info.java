/** Answers: how does a graph become protobuf bytes? The only package that imports protobuf. */
@NullMarked
package io.yapok.onnxwriter.internal;

import org.jspecify.annotations.NullMarked;
