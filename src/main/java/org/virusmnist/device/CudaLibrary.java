package org.virusmnist.device;

import java.util.List;

/**
 * A shared library of CUDA 12 or cuDNN 9 that TensorFlow 2.18 works with.
 *
 * @param soname the name under which it is opened, {@code libcublas.so.12}
 * @param need who wants it
 */
public record CudaLibrary(String soname, Need need) {

  /** Who wants a library. */
  public enum Need {
    /** TensorFlow opens it by name and skips every GPU if it is not there. */
    OPENED_BY_TENSORFLOW,
    /** Another library of the list cannot be loaded without it. */
    OPENED_BY_CUDA,
    /** A part of cuDNN, whose absence TensorFlow notices by ending the process. */
    PART_OF_CUDNN,
    /** Used for profiling or several GPUs; nothing fails without it. */
    OPTIONAL
  }

  /**
   * Every library in the order in which they are loaded: each after those it is linked with.
   *
   * <p>As their ELF headers have it: cuBLAS wants cuBLASLt, cuSPARSE wants nvJitLink, cuSOLVER
   * wants all of these, every part of cuDNN wants {@code cudnn_graph}, and NVRTC opens its builtins
   * by name.
   */
  public static final List<CudaLibrary> IN_LOAD_ORDER =
      List.of(
          new CudaLibrary("libcudart.so.12", Need.OPENED_BY_TENSORFLOW),
          new CudaLibrary("libnvJitLink.so.12", Need.OPENED_BY_CUDA),
          new CudaLibrary("libcublasLt.so.12", Need.OPENED_BY_TENSORFLOW),
          new CudaLibrary("libcublas.so.12", Need.OPENED_BY_TENSORFLOW),
          new CudaLibrary("libcufft.so.11", Need.OPENED_BY_TENSORFLOW),
          new CudaLibrary("libcusparse.so.12", Need.OPENED_BY_TENSORFLOW),
          new CudaLibrary("libcusolver.so.11", Need.OPENED_BY_TENSORFLOW),
          new CudaLibrary("libnvrtc-builtins.so.12.6", Need.OPENED_BY_CUDA),
          new CudaLibrary("libnvrtc.so.12", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn_graph.so.9", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn_ops.so.9", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn_cnn.so.9", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn_adv.so.9", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn_heuristic.so.9", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn_engines_precompiled.so.9", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn_engines_runtime_compiled.so.9", Need.PART_OF_CUDNN),
          new CudaLibrary("libcudnn.so.9", Need.OPENED_BY_TENSORFLOW),
          new CudaLibrary("libnccl.so.2", Need.OPTIONAL),
          new CudaLibrary("libcupti.so.12", Need.OPTIONAL));

  /** Returns whether no GPU can be used without it. */
  public boolean isRequired() {
    return need != Need.OPTIONAL;
  }

  /** Returns the name without the version, {@code libcublas.so}. */
  String stem() {
    return soname.substring(0, soname.indexOf(".so") + 3);
  }
}
