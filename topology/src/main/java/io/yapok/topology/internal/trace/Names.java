package io.yapok.topology.internal.trace;

import io.opentelemetry.api.common.AttributeKey;

/** Attributes of spans: those of OpenTelemetry's semantic conventions for messaging, and ours. */
final class Names {
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("messaging.operation.name");
  static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
  static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
  static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
  static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
  static final AttributeKey<Long> MESSAGES = AttributeKey.longKey("messaging.batch.message_count");
  static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  static final AttributeKey<String> PIPELINE = AttributeKey.stringKey("yapok.pipeline");
  static final AttributeKey<String> PIPELINE_VERSION = AttributeKey.stringKey("yapok.pipeline_version");
  static final AttributeKey<Long> ROWS = AttributeKey.longKey("yapok.rows");
  static final AttributeKey<Long> REJECTS = AttributeKey.longKey("yapok.rejects");
  static final AttributeKey<String> REJECT_STEP = AttributeKey.stringKey("yapok.reject.step");

  private Names() {}
}
