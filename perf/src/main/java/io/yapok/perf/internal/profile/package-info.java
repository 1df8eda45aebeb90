/** Where an instance's processor time goes. */
@NullMarked
package io.yapok.perf.internal.profile;

import org.jspecify.annotations.NullMarked;
