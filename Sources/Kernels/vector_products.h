// Matrix products in which one side is a few vectors. Included once for each instruction set.

/// y[i] = the dot products of up to VECTOR rows of A, `lda` apart, with x: all at a time, each summed in one order.
VECTOR_WIDTH static void NAME(dots)(int64_t rows, int64_t k, const float *a, int64_t lda, const float *x, bool accumulate, float *y,
                                    int64_t y_stride) {
  NAME(vector) sums[VECTOR] = {0};
  int64_t l = 0;
  if (rows == VECTOR) {
    for (; l + VECTOR <= k; l += VECTOR) {
      const NAME(vector) right = *(const NAME(vector) *)(x + l);
      UNROLLED for (int64_t r = 0; r < VECTOR; r++) sums[r] += *(const NAME(vector) *)(a + r * lda + l) * right;
    }
  } else {
    for (; l + VECTOR <= k; l += VECTOR)
      for (int64_t r = 0; r < rows; r++) sums[r] += *(const NAME(vector) *)(a + r * lda + l) * *(const NAME(vector) *)(x + l);
  }
  NAME(transpose_square)(sums);
  UNROLLED for (int64_t width = VECTOR / 2; width > 0; width /= 2)
    UNROLLED for (int64_t i = 0; i < width; i++) sums[i] += sums[i + width];
  for (int64_t r = 0; r < rows; r++) {
    float sum = sums[0][r];
    for (int64_t i = l; i < k; i++) sum += a[r * lda + i] * x[i];
    y[r * y_stride] = accumulate ? y[r * y_stride] + sum : sum;
  }
}

static void NAME(matrix_vector)(int64_t m, int64_t k, const float *a, int64_t lda, const float *x, bool accumulate, float *y,
                                int64_t y_stride) {
  for (int64_t i = 0; i < m; i += VECTOR)
    NAME(dots)(m - i < VECTOR ? m - i : VECTOR, k, a + i * lda, lda, x, accumulate, y + i * y_stride, y_stride);
}

static void NAME(vector_matrix)(int64_t k, int64_t n, const float *x, int64_t x_stride, const float *a, int64_t lda, bool accumulate,
                                float *restrict y) {
  for (int64_t j0 = 0; j0 < n; j0 += 1024) {
    const int64_t j1 = j0 + 1024 < n ? j0 + 1024 : n;
    if (!accumulate)
      for (int64_t j = j0; j < j1; j++) y[j] = 0.0f;
    int64_t l = 0;
    for (; l + 4 <= k; l += 4) {
      const float x0 = x[l * x_stride], x1 = x[(l + 1) * x_stride], x2 = x[(l + 2) * x_stride], x3 = x[(l + 3) * x_stride];
      const float *restrict a0 = a + l * lda, *restrict a1 = a0 + lda, *restrict a2 = a1 + lda, *restrict a3 = a2 + lda;
      for (int64_t j = j0; j < j1; j++) y[j] += (x0 * a0[j] + x1 * a1[j]) + (x2 * a2[j] + x3 * a3[j]);
    }
    for (; l < k; l++) {
      const float x0 = x[l * x_stride];
      for (int64_t j = j0; j < j1; j++) y[j] += x0 * a[l * lda + j];
    }
  }
}

/// A strip of C's columns, for a number of terms that the compiler knows: the rows of B stay in registers.
INLINE void NAME(strip_of_few_terms)(const int terms, const int vectors, int64_t m, const float *a, int64_t row, int64_t step,
                                     const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc) {
  NAME(vector) right[GAN_FEW_TERMS][TILE_VECTORS * 2];
  UNROLLED for (int l = 0; l < terms; l++)
    UNROLLED for (int j = 0; j < vectors; j++) right[l][j] = *(const NAME(vector) *)(b + l * ldb + j * VECTOR);
  for (int64_t i = 0; i < m; i++)
    UNROLLED for (int j = 0; j < vectors; j++) {
      NAME(vector) *const target = (NAME(vector) *)(c + i * ldc + j * VECTOR);
      NAME(vector) sum = a[i * row] * right[0][j];
      UNROLLED for (int l = 1; l < terms; l++) sum += a[i * row + l * step] * right[l][j];
      *target = accumulate ? *target + sum : sum;
    }
}

INLINE void NAME(product_of_terms)(const int terms, int64_t m, int64_t n, const float *a, int64_t row, int64_t step, const float *b,
                                   int64_t ldb, bool accumulate, float *c, int64_t ldc) {
  int64_t j = 0;
  for (; j + 2 * TILE_COLUMNS <= n; j += 2 * TILE_COLUMNS)
    NAME(strip_of_few_terms)(terms, 2 * TILE_VECTORS, m, a, row, step, b + j, ldb, accumulate, c + j, ldc);
  for (; j + VECTOR <= n; j += VECTOR) NAME(strip_of_few_terms)(terms, 1, m, a, row, step, b + j, ldb, accumulate, c + j, ldc);
  for (; j < n; j++)
    for (int64_t i = 0; i < m; i++) {
      float sum = a[i * row] * b[j];
      for (int l = 1; l < terms; l++) sum += a[i * row + l * step] * b[l * ldb + j];
      c[i * ldc + j] = accumulate ? c[i * ldc + j] + sum : sum;
    }
}

VECTOR_WIDTH static void NAME(product_of_few_terms)(int64_t m, int64_t n, int64_t k, const float *a, int64_t row, int64_t step,
                                                    const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc) {
  switch (k) {
    case 1: NAME(product_of_terms)(1, m, n, a, row, step, b, ldb, accumulate, c, ldc); break;
    case 2: NAME(product_of_terms)(2, m, n, a, row, step, b, ldb, accumulate, c, ldc); break;
    default: NAME(product_of_terms)(3, m, n, a, row, step, b, ldb, accumulate, c, ldc); break;
  }
}
