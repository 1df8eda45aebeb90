/** JSON records to rows, and rows to JSON results, over bytes and without a token's object in between. */
@NullMarked
package io.yapok.schemas.internal.json;

import org.jspecify.annotations.NullMarked;
