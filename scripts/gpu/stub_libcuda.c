/*
 * A stand-in for NVIDIA's driver library: reports one GPU and can do nothing with it.
 *
 * It answers what TensorFlow asks before it opens the CUDA libraries, so that their loading can be
 * tested on a machine without a GPU. What would need a GPU returns CUDA_ERROR_NOT_SUPPORTED.
 * Signatures and numbers are those of the CUDA driver API (docs.nvidia.com/cuda/cuda-driver-api).
 *
 *   STUB_CUDA_DEVICES   number of GPUs to report, 1 if not set
 *   STUB_CUDA_VERSION   what cuDriverGetVersion says, 12060 (CUDA 12.6) if not set
 *
 * gcc -shared -fPIC -o libcuda.so.1 -Wl,-soname,libcuda.so.1 stub_libcuda.c
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, INVALID_VALUE = 1, NO_DEVICE = 100, INVALID_DEVICE = 101, NOT_SUPPORTED = 801 };

/* CUdevice_attribute */
enum {
  MAX_THREADS_PER_BLOCK = 1,
  MAX_SHARED_MEMORY_PER_BLOCK = 8,
  WARP_SIZE = 10,
  MAX_REGISTERS_PER_BLOCK = 12,
  CLOCK_RATE = 13,
  MULTIPROCESSOR_COUNT = 16,
  MEMORY_CLOCK_RATE = 36,
  GLOBAL_MEMORY_BUS_WIDTH = 37,
  L2_CACHE_SIZE = 38,
  MAX_THREADS_PER_MULTIPROCESSOR = 39,
  COMPUTE_CAPABILITY_MAJOR = 75,
  COMPUTE_CAPABILITY_MINOR = 76,
  MAX_SHARED_MEMORY_PER_MULTIPROCESSOR = 81,
  MAX_SHARED_MEMORY_PER_BLOCK_OPTIN = 97
};

static int number_of(const char *variable, int otherwise) {
  const char *text = getenv(variable);
  return text && *text ? atoi(text) : otherwise;
}

static int devices(void) {
  const char *visible = getenv("CUDA_VISIBLE_DEVICES");
  if (visible && (!*visible || *visible == '-')) {
    return 0;
  }
  return number_of("STUB_CUDA_DEVICES", 1);
}

static int known(int device) { return device >= 0 && device < devices(); }

int cuInit(unsigned flags) { return flags ? INVALID_VALUE : devices() ? SUCCESS : NO_DEVICE; }

int cuDriverGetVersion(int *version) {
  *version = number_of("STUB_CUDA_VERSION", 12060);
  return SUCCESS;
}

int cuDeviceGetCount(int *count) {
  *count = devices();
  return SUCCESS;
}

int cuDeviceGet(int *device, int ordinal) {
  *device = ordinal;
  return known(ordinal) ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetName(char *name, int length, int device) {
  snprintf(name, (size_t)length, "Stub GPU");
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetUuid_v2(unsigned char *uuid, int device) {
  memset(uuid, 0, 16);
  uuid[15] = (unsigned char)device;
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetUuid(unsigned char *uuid, int device) { return cuDeviceGetUuid_v2(uuid, device); }

int cuDeviceTotalMem_v2(size_t *bytes, int device) {
  *bytes = (size_t)16 << 30;
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetPCIBusId(char *id, int length, int device) {
  snprintf(id, (size_t)length, "0000:%02x:00.0", device + 1);
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  switch (attribute) {
    case MAX_THREADS_PER_BLOCK: *value = 1024; break;
    case MAX_SHARED_MEMORY_PER_BLOCK: *value = 49152; break;
    case WARP_SIZE: *value = 32; break;
    case MAX_REGISTERS_PER_BLOCK: *value = 65536; break;
    case CLOCK_RATE: *value = 1500000; break;
    case MULTIPROCESSOR_COUNT: *value = 108; break;
    case MEMORY_CLOCK_RATE: *value = 1215000; break;
    case GLOBAL_MEMORY_BUS_WIDTH: *value = 5120; break;
    case L2_CACHE_SIZE: *value = 41943040; break;
    case MAX_THREADS_PER_MULTIPROCESSOR: *value = 2048; break;
    case COMPUTE_CAPABILITY_MAJOR: *value = 8; break;
    case COMPUTE_CAPABILITY_MINOR: *value = 0; break;
    case MAX_SHARED_MEMORY_PER_MULTIPROCESSOR: *value = 167936; break;
    case MAX_SHARED_MEMORY_PER_BLOCK_OPTIN: *value = 166912; break;
    default: *value = 1; break;
  }
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceComputeCapability(int *major, int *minor, int device) {
  *major = 8;
  *minor = 0;
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

/* A context is a number that is not null. */
int cuDevicePrimaryCtxRetain(void **context, int device) {
  *context = (void *)(uintptr_t)(device + 1);
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

int cuDevicePrimaryCtxRelease_v2(int device) { return known(device) ? SUCCESS : INVALID_DEVICE; }

int cuDevicePrimaryCtxSetFlags_v2(int device, unsigned flags) {
  (void)flags;
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

int cuDevicePrimaryCtxGetState(int device, unsigned *flags, int *active) {
  *flags = 0;
  *active = 0;
  return known(device) ? SUCCESS : INVALID_DEVICE;
}

static __thread void *current;

int cuCtxGetCurrent(void **context) {
  *context = current;
  return SUCCESS;
}

int cuCtxSetCurrent(void *context) {
  current = context;
  return SUCCESS;
}

int cuCtxGetDevice(int *device) {
  *device = current ? (int)((uintptr_t)current - 1) : 0;
  return current ? SUCCESS : NOT_SUPPORTED;
}

int cuGetErrorName(int error, const char **name) {
  *name = error == NO_DEVICE ? "CUDA_ERROR_NO_DEVICE"
          : error == NOT_SUPPORTED ? "CUDA_ERROR_NOT_SUPPORTED" : "CUDA_ERROR_UNKNOWN";
  return SUCCESS;
}

int cuGetErrorString(int error, const char **text) {
  *text = error == NO_DEVICE ? "no CUDA-capable device is detected"
                             : "the stub of the driver cannot do this";
  return SUCCESS;
}
