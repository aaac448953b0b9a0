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

// In double precision, for what is worked out once and must be exact. All matrices are row-major, without gaps.

/// Whether the library is there and brings the functions below (LAPACK among them); loads it, thread-safe.
bool openblas_has_doubles(void);

/// C = A·B (+ C if `accumulate`), as `openblas_sgemm`. Only after `openblas_has_doubles` gave true.
void openblas_dgemm(bool transposeA, bool transposeB, int m, int n, int k, const double *a, int lda, const double *b, int ldb,
                    bool accumulate, double *c, int ldc);

/// The eigenvalues of a symmetric matrix [n, n] in rising order, [n]; `a`, of which one triangle is read, becomes the matrix whose
/// rows are the eigenvectors. 0 on success; else LAPACK's `info`, or `OPENBLAS_NO_MEMORY`. n is 1 to 20000.
int openblas_symmetric_eigen(int n, double *a, double *values);

/// The singular values of `a` [rows, columns] in falling order, [k], k the smaller of the two; with `u` [rows, k] and
/// `v` [k, columns] also the vectors: a = u · diag(s) · v. `u` and `v` may both be NULL. `a` is destroyed.
/// 0 on success; else LAPACK's `info`, or `OPENBLAS_NO_MEMORY`. Sizes are 1 to 20000.
int openblas_singular_values(int rows, int columns, double *a, double *s, double *u, double *v);

/// `a` [n, n] taken apart in place into what `openblas_lu_solve` takes, with `pivots` [n], counted from 1. The product of its diagonal,
/// negated for each pivot that is not in its own place, is the determinant. 0 on success; above 0 the matrix is singular. n is 1 to 20000.
int openblas_lu(int n, double *a, int *pivots);

/// The solutions x of a · x = b, for the rows of `b` [columns, n], over which they are written; `a` and `pivots` are those of `openblas_lu`.
void openblas_lu_solve(int n, int columns, const double *a, const int *pivots, double *b);

enum { OPENBLAS_NO_MEMORY = 1 << 30 };
