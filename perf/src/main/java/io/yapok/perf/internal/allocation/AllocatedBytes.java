package io.yapok.perf.internal.allocation;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.yapok.perf.internal.BenchException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Bytes that another JVM of this machine and user has allocated so far, on all of its threads, those that have ended included. Asking costs that JVM some
 * kilobytes, so ask seldom.
 */
public final class AllocatedBytes implements AutoCloseable {
  private final JMXConnector connector;
  private final ThreadMXBean threads;

  private AllocatedBytes(JMXConnector connector, ThreadMXBean threads) {
    this.connector = connector;
    this.threads = threads;
  }

  /**
   * Attaches to a JVM.
   *
   * @throws BenchException if it cannot be attached to
   */
  @SuppressWarnings("BanJNDI") // the address is what a JVM says that this program has started and attached to
  public static AllocatedBytes of(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String address;
      try {
        address = machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
      JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
      ThreadMXBean threads =
          ManagementFactory.newPlatformMXBeanProxy(connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
      return new AllocatedBytes(connector, threads);
    } catch (IOException | AttachNotSupportedException e) {
      throw new BenchException("a contestant does not say what it allocates (" + e.getMessage() + ")", "process " + pid, "run it again", e);
    }
  }

  /** All that it has allocated until now. */
  public long now() {
    return threads.getTotalThreadAllocatedBytes();
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      throw new BenchException("the connection to a contestant did not end (" + e.getMessage() + ")", "its management agent", "run it again", e);
    }
  }
}
