/** What several parts of the program need: failures of the environment and an orderly end. */
@NullMarked
package io.yapok.app.internal;

import org.jspecify.annotations.NullMarked;
