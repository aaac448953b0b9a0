/// The system's OpenBLAS, loaded at the first product and never before.
#pragma once
#include <stdbool.h>

/// Loads the library, once; thread-safe. Before that it sets OPENBLAS_NUM_THREADS=1 and, unless the user has set it,
/// OPENBLAS_CORETYPE after the processor's features. False where there is no such library.
bool openblas_load(void);

/// The core type whose kernels the loaded library uses ("Haswell", "SkylakeX", …), as it says itself; "none" if there is no
/// library.
const char *openblas_core_type(void);

/// The core type this engine chooses for this processor; NULL where the library's own choice is left alone.
const char *openblas_wanted_core_type(void);

/// C = A·B (+ C if `accumulate`), row-major; A is [m, k], or [k, m] if `transposeA`, B likewise [k, n] or [n, k].
/// Only after `openblas_load` gave true. Every size is below 2³¹.
void openblas_sgemm(bool transposeA, bool transposeB, int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                    bool accumulate, float *c, int ldc);
