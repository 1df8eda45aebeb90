/** Which bytes a document means: model files and files with lists of words, each read once. */
@NullMarked
package io.yapok.model.internal.repository;

import org.jspecify.annotations.NullMarked;
