/** Decoders under attack by Jazzer: what they read, what must hold whatever they read, and how Jazzer is started. CONTRIBUTING.md says how to run it. */
@NullMarked
package io.yapok.schemas.fuzz;

import org.jspecify.annotations.NullMarked;
