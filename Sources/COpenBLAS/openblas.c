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
typedef void (*dgemm_function)(int order, int transposeA, int transposeB, int m, int n, int k, double alpha, const double *a,
                               int lda, const double *b, int ldb, double beta, double *c, int ldc);
// LAPACK is Fortran: everything by address, matrices by columns, and the lengths of texts at the end.
typedef void (*dsyevd_function)(const char *job, const char *triangle, const int *n, double *a, const int *lda, double *values,
                                double *work, const int *work_size, int *integers, const int *integers_size, int *info, size_t,
                                size_t);
typedef void (*dgesdd_function)(const char *job, const int *m, const int *n, double *a, const int *lda, double *s, double *u,
                                const int *ldu, double *v, const int *ldv, double *work, const int *work_size, int *integers,
                                int *info, size_t);
typedef void (*dgetrf_function)(const int *m, const int *n, double *a, const int *lda, int *pivots, int *info);
typedef void (*dgetrs_function)(const char *transposition, const int *n, const int *columns, const double *a, const int *lda,
                                const int *pivots, double *b, const int *ldb, int *info, size_t);
typedef char *(*core_name_function)(void);

enum { ROW_MAJOR = 101, AS_IT_IS = 111, TRANSPOSED = 112 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sgemm_function sgemm = NULL;
static dgemm_function dgemm = NULL;
static dsyevd_function dsyevd = NULL;
static dgesdd_function dgesdd = NULL;
static dgetrf_function dgetrf = NULL;
static dgetrs_function dgetrs = NULL;
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
  dgemm = (dgemm_function)dlsym(library, "cblas_dgemm");
  dsyevd = (dsyevd_function)dlsym(library, "dsyevd_");
  dgesdd = (dgesdd_function)dlsym(library, "dgesdd_");
  dgetrf = (dgetrf_function)dlsym(library, "dgetrf_");
  dgetrs = (dgetrs_function)dlsym(library, "dgetrs_");
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

bool openblas_has_doubles(void) {
  pthread_once(&once, load);
  return dgemm != NULL && dsyevd != NULL && dgesdd != NULL && dgetrf != NULL && dgetrs != NULL;
}

void openblas_dgemm(bool transposeA, bool transposeB, int m, int n, int k, const double *a, int lda, const double *b, int ldb,
                    bool accumulate, double *c, int ldc) {
  dgemm(ROW_MAJOR, transposeA ? TRANSPOSED : AS_IT_IS, transposeB ? TRANSPOSED : AS_IT_IS, m, n, k, 1.0, a, lda, b, ldb,
        accumulate ? 1.0 : 0.0, c, ldc);
}

int openblas_lu(int n, double *a, int *pivots) {
  int info = 0;
  dgetrf(&n, &n, a, &n, pivots, &info);
  return info;
}

void openblas_lu_solve(int n, int columns, const double *a, const int *pivots, double *b) {
  // Read by columns, `a` was its transpose when it was taken apart.
  int info = 0;
  dgetrs("T", &n, &columns, a, &n, pivots, b, &n, &info, 1);
}

int openblas_symmetric_eigen(int n, double *a, double *values) {
  // A symmetric matrix is its own transpose, and eigenvectors in columns are, read by rows, eigenvectors in rows.
  int info = 0, integers_size = -1, work_size = -1, integers_wanted = 0;
  double work_wanted = 0;
  dsyevd("V", "L", &n, a, &n, values, &work_wanted, &work_size, &integers_wanted, &integers_size, &info, 1, 1);
  if (info != 0) return info;
  work_size = (int)work_wanted;
  integers_size = integers_wanted;
  double *work = malloc((size_t)work_size * sizeof *work);
  int *integers = malloc((size_t)integers_size * sizeof *integers);
  if (work == NULL || integers == NULL) {
    info = OPENBLAS_NO_MEMORY;
  } else {
    dsyevd("V", "L", &n, a, &n, values, work, &work_size, integers, &integers_size, &info, 1, 1);
  }
  free(work);
  free(integers);
  return info;
}

int openblas_singular_values(int rows, int columns, double *a, double *s, double *u, double *v) {
  // Read by columns, `a` is its transpose: what LAPACK calls U is our v, and the other way round.
  const char *job = u != NULL && v != NULL ? "S" : "N";
  const int smaller = rows < columns ? rows : columns;
  int info = 0, work_size = -1;
  double work_wanted = 0, nothing = 0;
  double *left = u != NULL && v != NULL ? v : &nothing, *right = u != NULL && v != NULL ? u : &nothing;
  int *integers = malloc(8 * (size_t)smaller * sizeof *integers);
  if (integers == NULL) return OPENBLAS_NO_MEMORY;
  dgesdd(job, &columns, &rows, a, &columns, s, left, &columns, right, &smaller, &work_wanted, &work_size, integers, &info, 1);
  work_size = (int)work_wanted;
  double *work = info == 0 ? malloc((size_t)work_size * sizeof *work) : NULL;
  if (work != NULL) {
    dgesdd(job, &columns, &rows, a, &columns, s, left, &columns, right, &smaller, work, &work_size, integers, &info, 1);
  } else if (info == 0) {
    info = OPENBLAS_NO_MEMORY;
  }
  free(work);
  free(integers);
  return info;
}
