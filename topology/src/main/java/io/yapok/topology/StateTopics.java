package io.yapok.topology;

/** Names of the topics that hold a pipeline's state. */
public final class StateTopics {
  /** The store's name, in the topology and in its changelog's. */
  public static final String STORE = "state";

  private StateTopics() {}

  /** The compacted topic that an application's state is restored from: a record a change, keyed as the state is. */
  public static String changelog(String applicationId) {
    return applicationId + "-" + STORE + "-changelog";
  }
}
