package io.yapok.app.internal.http;

/** What the management port is asked; answered on the HTTP server's threads. */
public interface Health {
  /** Whether the process can still do its work; if not, it should be replaced. */
  Report live();

  /** Whether records are being scored: models warm, partitions assigned, commits recent while there is lag. */
  Report ready();

  /**
   * An answer.
   *
   * @param up whether it is well
   * @param reason one line that says why, or why not
   */
  record Report(boolean up, String reason) {}
}
