/**
 * Whether work can run on a GPU, what would be needed for it and why it cannot: NVIDIA's driver,
 * the CUDA libraries, TensorFlow's native build, and what the user asked for.
 *
 * <p>Start with {@link org.virusmnist.device.DevicePlanner}. Everything is read through {@link
 * org.virusmnist.device.Machine}, so that any machine can be described in a test. Nothing here may
 * load or know native code: a machine without a driver learns so before TensorFlow is touched.
 */
@NullMarked
package org.virusmnist.device;

import org.jspecify.annotations.NullMarked;
