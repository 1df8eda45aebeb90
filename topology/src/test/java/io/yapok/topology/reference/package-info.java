/**
 * Answers: is what a pipeline remembers what its document says? {@link io.yapok.topology.reference.ReferenceState} is a second reading of the words in {@code docs/state.md}, which keeps every record and
 * knows nothing of the engine; random pipelines and random streams are run through both.
 */
@NullMarked
package io.yapok.topology.reference;

import org.jspecify.annotations.NullMarked;
