/** Where the connectors' JSON comes from: resources with places to fill in. */
@NullMarked
package io.yapok.connect.internal;

import org.jspecify.annotations.NullMarked;
