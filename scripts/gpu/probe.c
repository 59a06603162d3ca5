/*
 * Loads the CUDA libraries named on the command line, in that order, and calls what works without a
 * GPU: versions of cuDNN and of each of its parts, and NVRTC down to machine code for sm_90.
 *
 * gcc -o probe probe.c -ldl
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *find(const char *name) {
  void *function = dlsym(RTLD_DEFAULT, name);
  if (!function) {
    fprintf(stderr, "probe: no function %s\n", name);
    exit(1);
  }
  return function;
}

static void require(const char *what, int status) {
  printf("%s: %s (%d)\n", what, status ? "FAILED" : "ok", status);
  if (status) {
    exit(1);
  }
}

static void check_part(const char *name) { require(name, ((int (*)(void))find(name))()); }

static void compile(void) {
  static const char *source = "extern \"C\" __global__ void twice(float *x) { x[threadIdx.x] *= 2; }";
  const char *options[] = {"--gpu-architecture=sm_90"};
  void *program = NULL;
  size_t bytes = 0;
  int (*create)(void **, const char *, const char *, int, const char **, const char **) =
      find("nvrtcCreateProgram");
  int (*compile_program)(void *, int, const char **) = find("nvrtcCompileProgram");
  int (*cubin_size)(void *, size_t *) = find("nvrtcGetCUBINSize");
  require("nvrtcCreateProgram", create(&program, source, "twice.cu", 0, NULL, NULL));
  require("nvrtcCompileProgram for sm_90", compile_program(program, 1, options));
  require("nvrtcGetCUBINSize", cubin_size(program, &bytes));
  printf("machine code: %zu bytes\n", bytes);
}

int main(int count, char **libraries) {
  for (int i = 1; i < count; i++) {
    if (!dlopen(libraries[i], RTLD_LAZY | RTLD_GLOBAL)) {
      fprintf(stderr, "probe: %s\n", dlerror());
      return 1;
    }
  }
  int major = 0, minor = 0;
  size_t (*cudnn_version)(void) = find("cudnnGetVersion");
  int (*nvrtc_version)(int *, int *) = find("nvrtcVersion");
  printf("cudnnGetVersion: %zu\n", cudnn_version());
  check_part("cudnnGraphVersionCheck");
  check_part("cudnnOpsVersionCheck");
  check_part("cudnnCnnVersionCheck");
  check_part("cudnnAdvVersionCheck");
  require("nvrtcVersion", nvrtc_version(&major, &minor));
  printf("NVRTC %d.%d\n", major, minor);
  compile();
  return 0;
}
