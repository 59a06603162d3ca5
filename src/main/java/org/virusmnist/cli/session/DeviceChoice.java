package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.device.CudaCache;
import org.virusmnist.device.DevicePlan;
import org.virusmnist.device.DevicePlanner;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.device.LocalMachine;
import org.virusmnist.device.Machine;
import org.virusmnist.device.NativeBuild;
import org.virusmnist.device.NativeCache;
import org.virusmnist.device.TensorFlowCache;
import org.virusmnist.device.VisibleGpus;
import org.virusmnist.model.DeviceUnavailableException;
import org.virusmnist.model.GpuShare;
import org.virusmnist.model.ListedDevice;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.SessionSettings.Device;
import org.virusmnist.model.TensorFlowLibrary;

/**
 * Where this process runs: decided before native code is loaded, and decided again when native code
 * disagrees. {@code gpu} then fails, {@code auto} goes on with the CPU and says so in one line.
 */
public final class DeviceChoice {
  private static final Logger LOG = LogManager.getLogger(DeviceChoice.class);

  private final DevicePlanner planner;
  private final DevicePlan plan;
  private volatile @Nullable String whyCpu;

  private DeviceChoice(DevicePlanner planner, DevicePlan plan) {
    this.planner = planner;
    this.plan = plan;
    this.whyCpu = plan.obstacle() == null ? null : plan.obstacle().toString();
  }

  /**
   * Decides from what can be seen of this machine.
   *
   * @throws DeviceUnavailableException if a GPU is asked for and cannot be used
   */
  public static DeviceChoice of(DeviceRequest request) throws IOException {
    NativeCache cache = NativeCache.of(System.getenv(), System.getProperty("user.home"));
    if (cache.tensorflow() != null) {
      TensorFlowLibrary.extractTo(cache.tensorflow());
    }
    NativeBuild build = NativeBuild.on(DeviceChoice.class.getClassLoader());
    return of(request, new LocalMachine(), build, cache.cuda());
  }

  /** Decides from the request and the machine; loads nothing native. */
  public static DeviceChoice of(
      DeviceRequest request, Machine machine, NativeBuild build, Path cudaCache)
      throws IOException {
    DevicePlanner planner = new DevicePlanner(machine, build, cudaCache);
    DevicePlan plan = planner.plan(request);
    if (plan.isRefused()) {
      throw new DeviceUnavailableException("--device " + request + ": " + plan.obstacle());
    }
    return new DeviceChoice(planner, plan);
  }

  /**
   * Loads the native libraries, once in a process, and makes sure that TensorFlow sees the GPU.
   *
   * @param base threads and whatever else does not depend on the device
   * @return the settings of every session
   * @throws DeviceUnavailableException if a GPU is asked for and TensorFlow cannot use it
   * @throws IOException if TensorFlow's own library cannot be extracted or loaded
   */
  public SessionSettings load(SessionSettings base) throws IOException {
    boolean isOnGpu =
        plan.usesGpu() && succeeds(() -> TensorFlowLibrary.loadCuda(librariesOfGpu()));
    loadTensorFlow();
    if (isOnGpu) {
      SessionSettings onGpu =
          base.with(device()).with(new GpuShare(plan.gpus(), base.gpu().memoryFraction()));
      if (succeeds(() -> requireGpus(ListedDevice.of(onGpu)))) {
        return onGpu;
      }
    }
    return base.with(Device.CPU);
  }

  /** What may show that the GPU cannot be used. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private boolean succeeds(Step step) throws DeviceUnavailableException {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      giveUpGpu(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** A library that is not there is no fault of the GPU: no device works without it. */
  private void loadTensorFlow() throws IOException {
    synchronized (DeviceChoice.class) { // the models of an ensemble are opened by a thread each
      TensorFlowCache cache = new TensorFlowCache(plan.build(), TensorFlowLibrary.directory());
      cache.discardCutShort();
      cache.requireRoom();
      try {
        TensorFlowLibrary.load();
      } catch (LinkageError e) {
        throw cache.failure(e);
      }
    }
  }

  /**
   * Goes on without a GPU, under {@code auto}.
   *
   * @throws DeviceUnavailableException if the user insists on one
   */
  void giveUpGpu(String reason) throws DeviceUnavailableException {
    if (plan.request().kind() == DeviceRequest.Kind.GPU) {
      throw new DeviceUnavailableException("--device " + plan.request() + ": " + reason);
    }
    whyCpu = reason;
  }

  /** Returns where the work runs, given what TensorFlow says. */
  UsedDevice used(String deviceName) {
    return new UsedDevice(deviceName, whyCpu(deviceName), plan.driver().isPresent());
  }

  private @Nullable String whyCpu(String deviceName) {
    return whyCpu == null && plan.usesGpu() && deviceName.startsWith("CPU")
        ? "TensorFlow lists a GPU and did not run all of a trial's convolutions and matrix"
            + " products on it. Run 'virus-mnist doctor --device gpu'."
        : whyCpu;
  }

  private Device device() {
    return plan.request().kind() == DeviceRequest.Kind.GPU ? Device.GPU : Device.AUTO;
  }

  private List<Path> librariesOfGpu() throws IOException {
    CudaCache cache = planner.cache();
    if (cache == null) {
      return plan.toLoad(null);
    }
    if (!cache.isComplete()) {
      LOG.info("CUDA        extracting 2.4 GB of libraries to {}, once", cache.directory());
    }
    return plan.toLoad(cache.extract());
  }

  private void requireGpus(List<ListedDevice> devices) throws DeviceUnavailableException {
    long gpus = devices.stream().filter(ListedDevice::isGpu).count();
    if (gpus < plan.gpus().size()) {
      throw new DeviceUnavailableException(
          "TensorFlow lists %s, expected %d%s. Run 'virus-mnist doctor --device gpu'."
              .formatted(
                  gpus == 0 ? "no GPU" : gpus + " GPUs",
                  plan.gpus().size(),
                  VisibleGpus.remark(System.getenv())));
    }
  }
}
