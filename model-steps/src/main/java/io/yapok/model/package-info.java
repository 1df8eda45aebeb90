/** What is computed: a document's steps compiled over models and kernels, and run on a batch without Kafka. */
@NullMarked
package io.yapok.model;

import org.jspecify.annotations.NullMarked;
