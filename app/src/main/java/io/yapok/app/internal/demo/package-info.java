/**
 * Answers: what does the demo run on? Card payments that {@link io.yapok.app.internal.demo.PaymentStream}
 * makes up, and the pipeline and model for them.
 */
@NullMarked
package io.yapok.app.internal.demo;

import org.jspecify.annotations.NullMarked;
