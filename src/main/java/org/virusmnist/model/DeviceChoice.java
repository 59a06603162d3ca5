package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
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
import org.virusmnist.model.SessionSettings.Device;

/**
 * Where this process runs: decided before native code is loaded, and decided again when native code
 * disagrees. {@code gpu} then fails, {@code auto} goes on with the CPU and can tell why.
 */
public final class DeviceChoice {
  private final DevicePlanner planner;
  private final DevicePlan plan;
  private volatile @Nullable String whyCpu;

  private DeviceChoice(DevicePlanner planner, DevicePlan plan) {
    this.planner = planner;
    this.plan = plan;
    this.whyCpu = plan.obstacle() == null ? null : plan.obstacle().toString();
  }

  /**
   * Decides from what can be seen of this machine; loads nothing native.
   *
   * @param request where the work shall run
   * @throws DeviceUnavailableException if a GPU is asked for and cannot be used
   * @throws IOException if the jar with the CUDA libraries cannot be read
   */
  public static DeviceChoice of(DeviceRequest request) throws IOException {
    NativeCache cache = NativeCache.of(System.getenv(), System.getProperty("user.home"));
    if (cache.tensorflow() != null) {
      TensorFlowLibrary.extractTo(cache.tensorflow());
    }
    NativeBuild build = NativeBuild.on(DeviceChoice.class.getClassLoader());
    return of(request, new LocalMachine(), build, cache.cuda());
  }

  /**
   * Decides from the request and a machine; loads nothing native.
   *
   * @param request where the work shall run
   * @param machine the machine
   * @param build which native code is on the class path
   * @param cudaCache where the CUDA libraries of a jar are extracted to
   * @throws DeviceUnavailableException if a GPU is asked for and cannot be used
   * @throws IOException if the jar with the CUDA libraries cannot be read
   */
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
   * @param onExtraction told where the CUDA libraries go, some gigabytes, before they are extracted
   *     from their jar; not called where they are there already
   * @return the settings of every session
   * @throws DeviceUnavailableException if a GPU is asked for and TensorFlow cannot use it
   * @throws IOException if TensorFlow's own library cannot be extracted or loaded
   */
  public SessionSettings load(SessionSettings base, Consumer<Path> onExtraction)
      throws IOException {
    boolean isOnGpu =
        plan.usesGpu() && succeeds(() -> TensorFlowLibrary.loadCuda(librariesOfGpu(onExtraction)));
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

  /**
   * Opens a model where {@link #load} said. One that opens on the CPU and not on the GPU has met a
   * fault of the GPU, not its own: {@code auto} then goes on with the CPU.
   *
   * @param file the SavedModel
   * @param settings what {@link #load} returned
   * @return the open model, to be closed by the caller
   * @throws DeviceUnavailableException if a GPU is asked for and the model does not run on it
   * @throws ModelContractException if TensorFlow cannot load it on any device
   * @throws PrecisionUnavailableException if the device cannot compute in the precision
   */
  public ClassifierModel open(SavedModelFile file, SessionSettings settings) throws IOException {
    if (settings.device() == Device.CPU) {
      return ClassifierModel.open(file, settings);
    }
    try {
      return ClassifierModel.open(file, settings);
    } catch (ModelContractException e) {
      ClassifierModel onCpu = ClassifierModel.open(file, settings.with(Device.CPU));
      try {
        giveUpGpu(String.valueOf(e.getMessage()));
        return onCpu;
      } catch (DeviceUnavailableException refused) {
        onCpu.close();
        throw refused;
      }
    }
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
      cache.prepare();
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
  private void giveUpGpu(String reason) throws DeviceUnavailableException {
    if (plan.request().kind() == DeviceRequest.Kind.GPU) {
      throw new DeviceUnavailableException("--device " + plan.request() + ": " + reason);
    }
    whyCpu = reason;
  }

  /** Returns whether there is a driver, so that somebody may miss the GPU. */
  public boolean hasDriver() {
    return plan.driver().isPresent();
  }

  /**
   * Returns why a GPU that {@code auto} would have taken is not used, or null.
   *
   * @param deviceName where the work runs, as {@link ClassifierModel#deviceName} told
   */
  public @Nullable String whyCpu(String deviceName) {
    return whyCpu == null && plan.usesGpu() && deviceName.startsWith("CPU")
        ? "TensorFlow lists a GPU and did not run all of a trial's convolutions and matrix"
            + " products on it. Run 'virus-mnist doctor --device gpu'."
        : whyCpu;
  }

  private Device device() {
    return plan.request().kind() == DeviceRequest.Kind.GPU ? Device.GPU : Device.AUTO;
  }

  private List<Path> librariesOfGpu(Consumer<Path> onExtraction) throws IOException {
    CudaCache cache = planner.cache();
    if (cache == null) {
      return plan.toLoad(null);
    }
    if (!cache.isComplete()) {
      onExtraction.accept(cache.directory());
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
