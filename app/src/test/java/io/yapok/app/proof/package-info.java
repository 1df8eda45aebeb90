/**
 * Answers: what does a read_committed reader see when whatever can die dies? Numbered records, a reference for their answers, instances in JVMs of their own, faults by a seeded schedule, and a checker that
 * knows nothing of the engine. Classes called {@code *Proof} are the long form, {@code ProofIT} the short one; see {@code docs/proof.md}.
 */
@NullMarked
package io.yapok.app.proof;

import org.jspecify.annotations.NullMarked;
