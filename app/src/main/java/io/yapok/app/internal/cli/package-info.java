/** The command line: one class a command, each of which calls what does the work and turns its outcome into lines and an exit code. */
@NullMarked
package io.yapok.app.internal.cli;

import org.jspecify.annotations.NullMarked;
