// Matrix products by blocks: panels of A and B packed to fit the caches, and a kernel that keeps a tile of C in registers
// (Goto and van de Geijn 2008). Included once for each instruction set, with VECTOR floats in a register, and a tile of
// TILE_ROWS rows by TILE_VECTORS registers.

typedef float NAME(vector) __attribute__((vector_size(VECTOR * 4), aligned(4)));

#define TILE_COLUMNS (VECTOR * TILE_VECTORS)

/// C tile (+)= packed A (k columns of TILE_ROWS) · packed B (k rows of TILE_COLUMNS).
VECTOR_WIDTH static void NAME(product_tile)(int64_t k, const float *restrict a, const float *restrict b, bool accumulate, float *restrict c,
                               int64_t ldc) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < TILE_ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] = (NAME(vector)){0};
  for (int64_t l = 0; l < k; l++) {
    NAME(vector) right[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < TILE_VECTORS; j++) right[j] = *(const NAME(vector) *)(b + j * VECTOR);
#pragma clang loop unroll(full)
    for (int i = 0; i < TILE_ROWS; i++) {
      const float left = a[i];
#pragma clang loop unroll(full)
      for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] += left * right[j];
    }
    a += TILE_ROWS;
    b += TILE_COLUMNS;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < TILE_ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < TILE_VECTORS; j++) {
      NAME(vector) *target = (NAME(vector) *)(c + i * ldc + j * VECTOR);
      *target = accumulate ? *target + sums[i][j] : sums[i][j];
    }
}

/// Packs `count` strands (rows of A, columns of B) of k numbers in panels of `width` strands, k by k; zeros fill the last one.
static void NAME(pack)(float *restrict d, const float *restrict s, int64_t count, int64_t k, int64_t strand, int64_t step, int64_t width) {
  for (int64_t first = 0; first < count; first += width) {
    const int64_t n = first + width <= count ? width : count - first;
    const float *source = s + first * strand;
    if (strand == 1) {
      for (int64_t l = 0; l < k; l++) {
        for (int64_t i = 0; i < n; i++) d[l * width + i] = source[l * step + i];
        for (int64_t i = n; i < width; i++) d[l * width + i] = 0.0f;
      }
    } else {
      for (int64_t l0 = 0; l0 < k; l0 += 16) {
        const int64_t l1 = l0 + 16 < k ? l0 + 16 : k;
        for (int64_t i = 0; i < n; i++)
          for (int64_t l = l0; l < l1; l++) d[l * width + i] = source[i * strand + l * step];
        for (int64_t i = n; i < width; i++)
          for (int64_t l = l0; l < l1; l++) d[l * width + i] = 0.0f;
      }
    }
    d += width * k;
  }
}

static void NAME(product)(bool transposeA, bool transposeB, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda,
                          const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch) {
  float *const left = scratch;
  float *const right = scratch + PACKED_ROWS * PACKED_DEPTH;
  float edge[TILE_ROWS * TILE_COLUMNS];
  for (int64_t j0 = 0; j0 < n; j0 += PACKED_COLUMNS) {
    const int64_t columns = j0 + PACKED_COLUMNS <= n ? PACKED_COLUMNS : n - j0;
    for (int64_t l0 = 0; l0 < k; l0 += PACKED_DEPTH) {
      const int64_t depth = l0 + PACKED_DEPTH <= k ? PACKED_DEPTH : k - l0;
      const bool add = accumulate || l0 > 0;
      NAME(pack)(right, transposeB ? b + j0 * ldb + l0 : b + l0 * ldb + j0, columns, depth, transposeB ? ldb : 1,
                 transposeB ? 1 : ldb, TILE_COLUMNS);
      for (int64_t i0 = 0; i0 < m; i0 += PACKED_ROWS / TILE_ROWS * TILE_ROWS) {
        const int64_t most = PACKED_ROWS / TILE_ROWS * TILE_ROWS;
        const int64_t rows = i0 + most <= m ? most : m - i0;
        NAME(pack)(left, transposeA ? a + l0 * lda + i0 : a + i0 * lda + l0, rows, depth, transposeA ? 1 : lda,
                   transposeA ? lda : 1, TILE_ROWS);
        for (int64_t j = 0; j < columns; j += TILE_COLUMNS) {
          for (int64_t i = 0; i < rows; i += TILE_ROWS) {
            float *target = c + (i0 + i) * ldc + j0 + j;
            const float *l = left + i * depth, *r = right + j * depth;
            if (i + TILE_ROWS <= rows && j + TILE_COLUMNS <= columns) {
              NAME(product_tile)(depth, l, r, add, target, ldc);
            } else {
              NAME(product_tile)(depth, l, r, false, edge, TILE_COLUMNS);
              for (int64_t y = 0; y < TILE_ROWS && i + y < rows; y++)
                for (int64_t x = 0; x < TILE_COLUMNS && j + x < columns; x++)
                  target[y * ldc + x] = edge[y * TILE_COLUMNS + x] + (add ? target[y * ldc + x] : 0.0f);
            }
          }
        }
      }
    }
  }
}

// MARK: Products with a vector

static float NAME(dot)(const float *restrict a, const float *restrict b, int64_t count) {
  float lanes[LANES] = {0};
  int64_t start = 0;
  for (; start + LANES <= count; start += LANES)
    for (int64_t i = 0; i < LANES; i++) lanes[i] += a[start + i] * b[start + i];
  for (int64_t i = 0; start + i < count; i++) lanes[i] += a[start + i] * b[start + i];
  FOLD(lanes, PLUS)
  return lanes[0];
}

static void NAME(matrix_vector)(int64_t m, int64_t k, const float *a, int64_t lda, const float *x, int64_t x_stride, bool accumulate,
                                float *y, int64_t y_stride) {
  for (int64_t i = 0; i < m; i++) {
    float sum = 0.0f;
    if (x_stride == 1) {
      sum = NAME(dot)(a + i * lda, x, k);
    } else {
      for (int64_t l = 0; l < k; l++) sum += a[i * lda + l] * x[l * x_stride];
    }
    y[i * y_stride] = accumulate ? y[i * y_stride] + sum : sum;
  }
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

static void NAME(outer_product)(int64_t m, int64_t n, const float *x, int64_t x_stride, const float *y, int64_t y_stride,
                                bool accumulate, float *c, int64_t ldc) {
  for (int64_t i = 0; i < m; i++) {
    const float left = x[i * x_stride];
    float *restrict row = c + i * ldc;
    if (accumulate) {
      for (int64_t j = 0; j < n; j++) row[j] += left * y[j * y_stride];
    } else {
      for (int64_t j = 0; j < n; j++) row[j] = left * y[j * y_stride];
    }
  }
}
