/** Confluent's client of schema registries: the one package that imports it. */
@NullMarked
package io.yapok.schemas.internal.registry;

import org.jspecify.annotations.NullMarked;
