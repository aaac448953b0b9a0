#define _GNU_SOURCE
#include "openblas.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

typedef void (*sgemm_function)(int order, int transposeA, int transposeB, int m, int n, int k, float alpha, const float *a,
                               int lda, const float *b, int ldb, float beta, float *c, int ldc);
typedef char *(*core_name_function)(void);

enum { ROW_MAJOR = 101, AS_IT_IS = 111, TRANSPOSED = 112 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sgemm_function sgemm = NULL;
static const char *core_type = "none";

const char *openblas_wanted_core_type(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx512) {
    // Zen 4 (family 0x19) runs 512-bit instructions in two halves: the 256-bit kernels are up to a quarter faster there.
    unsigned a, b, c, d;
    if (__get_cpuid(0, &a, &b, &c, &d) && b == signature_AMD_ebx && __get_cpuid(1, &a, &b, &c, &d)) {
      const unsigned family = ((a >> 8) & 15) + ((a >> 20) & 255);
      if (family <= 0x19) return "Haswell";
    }
    return "SkylakeX";
  }
  if (avx2) return "Haswell";
#endif
  return NULL;
}

static void load(void) {
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  const char *wanted = openblas_wanted_core_type();
  const bool chosen = wanted != NULL && getenv("OPENBLAS_CORETYPE") == NULL;
  if (chosen) setenv("OPENBLAS_CORETYPE", wanted, 1);
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) library = dlopen("libopenblas.so", RTLD_NOW | RTLD_LOCAL);
  if (chosen) unsetenv("OPENBLAS_CORETYPE");
  if (library == NULL) return;
  sgemm = (sgemm_function)dlsym(library, "cblas_sgemm");
  core_name_function name = (core_name_function)dlsym(library, "openblas_get_corename");
  if (sgemm != NULL) core_type = name != NULL ? name() : "unknown";
}

bool openblas_load(void) {
  pthread_once(&once, load);
  return sgemm != NULL;
}

const char *openblas_core_type(void) {
  openblas_load();
  return core_type;
}

void openblas_sgemm(bool transposeA, bool transposeB, int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                    bool accumulate, float *c, int ldc) {
  sgemm(ROW_MAJOR, transposeA ? TRANSPOSED : AS_IT_IS, transposeB ? TRANSPOSED : AS_IT_IS, m, n, k, 1.0f, a, lda, b, ldb,
        accumulate ? 1.0f : 0.0f, c, ldc);
}
