package io.yapok.topology.internal;

import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.config.TopicConfig;

/** What must be so for a pipeline's tables before it starts, all of whose topics exist. */
final class TablesCheck {
  private final PipelineDocument document;
  private final String applicationId;
  private final Function<String, Optional<Integer>> partitions;
  private final Supplier<Set<String>> readTopics;

  /**
   * A check.
   *
   * @param partitions how many a topic has; empty where there is no such topic
   * @param readTopics the topics of which the application has read something
   */
  TablesCheck(PipelineDocument document, String applicationId, Function<String, Optional<Integer>> partitions, Supplier<Set<String>> readTopics) {
    this.document = document;
    this.applicationId = applicationId;
    this.partitions = partitions;
    this.readTopics = readTopics;
  }

  /** What is wrong. */
  List<Problem> problems() {
    List<PipelineTable> partitioned = document.tables().stream().filter(table -> !table.global()).toList();
    if (partitioned.isEmpty()) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    int wanted = sourcePartitions();
    Set<String> read = readTopics.get();
    for (PipelineTable table : partitioned) {
      int count = partitions.apply(table.topic().value()).orElse(wanted);
      if (count != wanted) {
        String source = document.source().topic().value();
        String what = "the table's topic \"" + table.topic() + "\" has " + count + " partitions and the source \"" + source + "\" " + wanted + ", so that records would not meet the rows of their keys";
        problems.add(table.topic().problem(what, "make a topic of " + wanted + " partitions, or write global: true"));
      } else if (read.contains(table.topic().value()) && partitions.apply(changelog(table)).isEmpty()) {
        String what = "the topic \"" + table.topic() + "\" was read before, and what this table keeps of it (" + changelog(table) + ") is not there: its rows would be missing";
        problems.add(table.topic().problem(what, "start anew with yapok reset, or under another --application-id"));
      }
    }
    return problems;
  }

  /** A re-keyed record meets the row of its key in the partition that the repartition topic gives it. */
  private int sourcePartitions() {
    Optional<Integer> keyed = document.source().key() == null ? Optional.empty() : partitions.apply(Wiring.repartitionTopic(applicationId));
    return keyed.or(() -> partitions.apply(document.source().topic().value())).orElse(0);
  }

  private String changelog(PipelineTable table) {
    return applicationId + "-" + JoinedStores.storeName(table) + "-changelog";
  }

  /** How a topic is made: a table keeps the newest record of each key, and those before it for as long as records are joined with them. */
  Map<String, String> configs(String topic) {
    Map<String, String> configs = new HashMap<>();
    for (PipelineTable table : document.tables()) {
      if (table.topic().value().equals(topic)) {
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        if (table.asOf() == PipelineTable.AsOf.RECORD) {
          configs.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(table.history().toMillis()));
        }
      }
    }
    return configs;
  }
}
