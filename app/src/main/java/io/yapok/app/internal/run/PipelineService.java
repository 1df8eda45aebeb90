package io.yapok.app.internal.run;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.StopSignal;
import io.yapok.app.internal.http.JavaLogging;
import io.yapok.app.internal.http.ManagementAddress;
import io.yapok.app.internal.http.ManagementServer;
import io.yapok.app.internal.http.StateRoutes;
import io.yapok.app.internal.metrics.PipelineMetrics;
import io.yapok.app.internal.state.Others;
import io.yapok.app.internal.state.Peers;
import io.yapok.app.internal.state.StateService;
import io.yapok.schemas.RegistryException;
import io.yapok.topology.BrokerException;
import io.yapok.topology.Pipeline;
import io.yapok.topology.RunningPipeline.State;
import io.yapok.topology.RunningPipeline;
import io.yapok.topology.Traces;
import io.yapok.topology.Yapok;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline with everything that runs beside it. Started, waited for and closed by one thread, in the order that native code needs: the management port first,
 * then the stream threads, and the models, which the caller owns, last.
 */
public final class PipelineService implements AutoCloseable {
  /** What a JVM that cannot go on exits with: the environment's failure. */
  private static final int UNFIT = 3;

  private static final Duration GLANCE = Duration.ofMillis(200);

  private final RunningPipeline running;
  private final PipelineMetrics metrics;
  private final @Nullable ManagementServer management;
  private final Traces traces;
  private final Peers peers;
  private final CountDownLatch ended = new CountDownLatch(1);

  private PipelineService(RunningPipeline running, PipelineMetrics metrics, @Nullable ManagementServer management, Traces traces, Peers peers) {
    this.peers = peers;
    this.running = running;
    this.metrics = metrics;
    this.management = management;
    this.traces = traces;
  }

  /**
   * Checks everything against the broker and starts.
   *
   * @throws io.yapok.schemas.ProblemsException with what the user must mend, in the environment's settings of OpenTelemetry too
   * @throws EnvironmentException if the broker is not there or the management port is taken
   */
  public static PipelineService start(Pipeline pipeline, ServiceSettings settings) {
    JavaLogging.toSlf4j(); // the management port and the exporter of spans log there
    Traces traces = Traces.fromEnvironment();
    boolean started = false;
    try {
      PipelineService service = start(pipeline, settings, traces);
      started = true;
      return service;
    } finally {
      if (!started) {
        traces.close();
      }
    }
  }

  private static PipelineService start(Pipeline pipeline, ServiceSettings settings, Traces traces) {
    RunningPipeline running = connect(pipeline, settings, traces);
    Peers peers = new Peers();
    boolean started = false;
    try {
      PipelineMetrics metrics = new PipelineMetrics(running, InstantSource.system());
      ManagementAddress address = settings.management();
      ManagementServer management =
          address == null
              ? null
              : ManagementServer.start(address, new ProgressHealth(Vitals.of(running), InstantSource.system()), metrics::page, state(running, settings, address, peers));
      PipelineService service = new PipelineService(running, metrics, management, traces, peers);
      service.begin();
      started = true;
      return service;
    } finally {
      if (!started) {
        peers.close();
        running.close();
      }
    }
  }

  private static Optional<StateRoutes> state(RunningPipeline running, ServiceSettings settings, ManagementAddress address, Peers peers) {
    if (!settings.showsState(address)) {
      return Optional.empty();
    }
    String advertised = settings.options().advertised();
    String name = running.pipeline().document().name().value();
    return Optional.of(new StateRoutes(new StateService(name, running.stateView(), new Others(peers, advertised)), advertised == null ? "" : advertised));
  }

  public RunningPipeline running() {
    return running;
  }

  /** Where health and metrics are; empty if nowhere. */
  public Optional<ManagementAddress> management() {
    return Optional.ofNullable(management).map(ManagementServer::address);
  }

  /** Waits until the pipeline has partitions, or the stop signal, or it has given up; true in the first case. */
  public boolean awaitRunning(StopSignal stop) throws InterruptedException {
    while (running.state() != State.RUNNING && ended.getCount() > 0) {
      if (stop.await(GLANCE)) {
        return false;
      }
    }
    return running.state() == State.RUNNING;
  }

  /**
   * Waits until the stop signal or until the pipeline has given up.
   *
   * @return why it gave up; empty after the signal
   */
  public Optional<Throwable> awaitEnd(StopSignal stop) throws InterruptedException {
    while (ended.getCount() > 0) {
      if (stop.await(GLANCE)) {
        return Optional.empty();
      }
    }
    return Optional.of(running.failure().orElseGet(() -> new IllegalStateException("the pipeline stopped by itself")));
  }

  @Override
  public void close() {
    if (management != null) {
      management.close();
    }
    peers.close();
    running.close();
    metrics.close();
    traces.close(); // last: what was committed until now has ended
  }

  private void begin() {
    running.onStateChange(
        state -> {
          if (state == State.FAILED || state == State.STOPPED) {
            ended.countDown();
          }
        });
    // a JVM out of memory holds its partitions and does nothing; halting lets another instance take over
    running.onFatal(error -> Runtime.getRuntime().halt(UNFIT));
    running.start();
  }

  private static RunningPipeline connect(Pipeline pipeline, ServiceSettings settings, Traces traces) {
    try {
      return Yapok.stream(pipeline, settings.kafka(), settings.options(), traces);
    } catch (BrokerException e) {
      throw new EnvironmentException(e.problem(), e);
    } catch (RegistryException e) {
      throw new EnvironmentException(e.problem(), e);
    }
  }
}
