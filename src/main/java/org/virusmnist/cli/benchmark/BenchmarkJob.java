package org.virusmnist.cli.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.benchmark.BatchSweep;
import org.virusmnist.chart.ChartStyle;
import org.virusmnist.chart.ThroughputChart;
import org.virusmnist.chart.ThroughputSeries;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.session.ModelLocation;
import org.virusmnist.cli.session.UsedDevice;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.metrics.Throughput;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.model.GpuShare;
import org.virusmnist.model.Precision;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.report.BenchmarkFiles;

/** What {@code benchmark} does: every device, precision, work and batch size asked for. */
final class BenchmarkJob {
  private static final Logger LOG = LogManager.getLogger(BenchmarkJob.class);

  private final CommonOptions common;
  private final BenchmarkCommand command;
  private final List<Throughput> measured = new ArrayList<>();
  private final Set<String> deviceNames = new LinkedHashSet<>();
  private int doneOnDevice;
  private int allOnDevice;

  BenchmarkJob(CommonOptions common, BenchmarkCommand command) {
    this.common = common;
    this.command = command;
  }

  void run() throws IOException {
    Path directory = ModelLocation.find(command.model()).directory();
    SavedModelFile file = command.read(directory);
    for (DeviceRequest request : command.devices()) {
      measure(file, request);
    }
    Map<String, String> environment = BenchmarkEnvironment.of(command, directory, deviceNames);
    if (command.printsJson()) {
      common.out().print(BenchmarkFiles.json(environment, measured));
      common.out().flush();
    } else {
      new BenchmarkPrinter(common.out()).print(environment, measured);
    }
    if (command.output() != null) {
      write(command.output(), environment);
    }
  }

  private void measure(SavedModelFile file, DeviceRequest request) throws IOException {
    SessionSettings settings =
        DeviceChoice.of(request)
            .load(
                SessionSettings.on(SessionSettings.Device.CPU)
                    .with(new GpuShare(request.gpu(), 1))
                    .withThreads(command.parallel().threads()),
                UsedDevice::logExtraction);
    String deviceName = deviceName(file, settings);
    if (!deviceNames.add(deviceName)) {
      return; // auto and cpu may be the same
    }
    Set<BenchmarkWork> left = EnumSet.copyOf(command.work());
    List<Precision> precisions = command.precisions(deviceName);
    allOnDevice = command.batchSizes().size() * settings(left, precisions.size());
    doneOnDevice = 0;
    common.progressBar().start();
    for (Precision precision : precisions) {
      try (ClassifierModel model = ClassifierModel.open(file, settings.in(precision))) {
        for (BenchmarkWork work : left) {
          measure(work, model, precision);
        }
      }
      left.removeIf(work -> !work.usesPrecision());
    }
  }

  /** Returns how many pairs of work and precision there are. */
  private static int settings(Set<BenchmarkWork> works, int precisions) {
    return works.stream().mapToInt(work -> work.usesPrecision() ? precisions : 1).sum();
  }

  private static String deviceName(SavedModelFile file, SessionSettings settings)
      throws IOException {
    try (ClassifierModel model = ClassifierModel.open(file, settings)) {
      return model.deviceName();
    }
  }

  private void measure(BenchmarkWork work, ClassifierModel model, Precision precision)
      throws IOException {
    int callsInFlight = command.parallel().callsInFlight();
    Precision used = work.usesPrecision() ? precision : Precision.FLOAT32;
    BatchSweep.Setting setting =
        new BatchSweep.Setting(model.deviceName(), used.toString(), callsInFlight);
    command
        .sweep()
        .run(work.of(model, callsInFlight), command.batchSizes(), setting, new Listener(setting));
  }

  /** Keeps what is measured and says what is going on. */
  private final class Listener implements BatchSweep.Listener {
    private final BatchSweep.Setting setting;

    Listener(BatchSweep.Setting setting) {
      this.setting = setting;
    }

    @Override
    public void started(String work, int batchSize) {
      ProgressBar bar = common.progressBar();
      bar.clear();
      LOG.info(
          "Measuring   {} on {}, {}, batch {}",
          work,
          setting.device(),
          setting.precision(),
          batchSize);
      String figures = "%d of %d".formatted(doneOnDevice + 1, allOnDevice);
      bar.show("Benchmark  ", doneOnDevice, allOnDevice, figures);
    }

    @Override
    public void measured(Throughput throughput) {
      measured.add(throughput);
      doneOnDevice++;
      common.progressBar().clear();
    }

    @Override
    public void ranOutOfMemory(String work, int batchSize) {
      common.progressBar().clear();
      LOG.warn("{}: a batch of {} does not fit into memory, going on with half", work, batchSize);
    }
  }

  private void write(Path directory, Map<String, String> environment) throws IOException {
    BenchmarkFiles.writeCsv(directory.resolve("benchmark.csv"), measured);
    BenchmarkFiles.writeJson(directory.resolve("benchmark.json"), environment, measured);
    List<ThroughputSeries> series = series();
    if (!series.isEmpty()) {
      ThroughputChart.write(
          directory.resolve("throughput.png"), title(environment), series, ChartStyle.light());
    }
    if (!command.printsJson()) {
      common.out().println("Wrote " + directory);
    }
  }

  private static String title(Map<String, String> environment) {
    return environment.getOrDefault(
        BenchmarkEnvironment.GPU, environment.getOrDefault("cpu", "this machine"));
  }

  /** Returns a line for each work, device and precision, in the order they were measured. */
  private List<ThroughputSeries> series() {
    Map<String, List<ThroughputSeries.Point>> lines = new LinkedHashMap<>();
    for (Throughput each : measured) {
      lines
          .computeIfAbsent(seriesName(each), name -> new ArrayList<>())
          .add(new ThroughputSeries.Point(each.batchSize(), each.imagesPerSecond()));
    }
    return lines.entrySet().stream()
        .map(line -> new ThroughputSeries(line.getKey(), sorted(line.getValue())))
        .toList();
  }

  /** A batch that was halved may be smaller than the one before. */
  private static List<ThroughputSeries.Point> sorted(List<ThroughputSeries.Point> points) {
    return points.stream()
        .sorted(Comparator.comparingInt(ThroughputSeries.Point::batchSize))
        .toList();
  }

  private String seriesName(Throughput of) {
    String name = of.work().replace('_', ' ') + ", " + of.precision();
    return deviceNames.size() > 1 ? name + ", " + of.device() : name;
  }
}
