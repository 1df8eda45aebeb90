package io.yapok.app.proof;

import java.util.List;

/**
 * What the checker found.
 *
 * @param in records that the producer had acknowledged
 * @param out results in the sink
 * @param rejected records in the dead-letter topic
 * @param lost records with neither
 * @param duplicated results and rejects beyond the first of their record
 * @param mismatched those that are not what the reference says
 * @param outOfOrder those that stand behind a later record of their source partition, in one partition of a topic
 * @param examples some of what is wrong
 */
record Verdict(long in, long out, long rejected, long lost, long duplicated, long mismatched, long outOfOrder, List<String> examples) {
  /** Nothing lost, duplicated, mixed up or reordered, and the counts add up. */
  boolean isClean() {
    return lost == 0 && duplicated == 0 && mismatched == 0 && outOfOrder == 0 && in == out + rejected;
  }
}
