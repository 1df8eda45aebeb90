package io.yapok.topology.internal.trace;

/** Where tasks get their traces from. Shared by the threads of any number of applications. */
public interface Tracing extends AutoCloseable {
  /** No traces. */
  Tracing NONE =
      new Tracing() {
        @Override
        public TaskTrace task(String pipeline, String group) {
          return TaskTrace.NONE;
        }

        @Override
        public void close() {
          // nothing was begun
        }
      };

  /**
   * A trace for one task.
   *
   * @param pipeline the pipeline's name
   * @param group the application's consumer group
   */
  TaskTrace task(String pipeline, String group);

  /** Sends what waits, for some seconds at most; tasks that go on leave no traces any more. */
  @Override
  void close();
}
