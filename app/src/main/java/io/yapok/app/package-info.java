/** The program: command line, configuration, life cycle and HTTP. */
@NullMarked
package io.yapok.app;

import org.jspecify.annotations.NullMarked;
