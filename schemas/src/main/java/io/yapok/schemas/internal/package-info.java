/** What formats have in common inside this module. */
@NullMarked
package io.yapok.schemas.internal;

import org.jspecify.annotations.NullMarked;
