/**
 * Avro records in the Confluent wire format to rows, and rows to Avro results. A reader is compiled once for each writer's schema: what no step reads is passed over, and nothing becomes an object on the
 * way into the columns.
 */
@NullMarked
package io.yapok.schemas.internal.avro;

import org.jspecify.annotations.NullMarked;
