// What matrix products are made of: kernels that keep a tile of C in registers, and panels of A and B packed for them (Goto and van de
// Geijn 2008). Included once for each instruction set, with VECTOR floats in a register, and a tile of TILE_ROWS rows (a multiple of 3)
// by TILE_VECTORS registers.

typedef float NAME(vector) __attribute__((vector_size(VECTOR * 4), aligned(4)));

#define TILE_COLUMNS (VECTOR * TILE_VECTORS)
#define INLINE static inline __attribute__((always_inline))
#define UNROLLED _Pragma("clang loop unroll(full)")

static int64_t NAME(panel_columns)(void) { return TILE_COLUMNS; }
_Static_assert(GAN_PANEL_COLUMNS % TILE_COLUMNS == 0, "a packed side has room for whole panels");

// MARK: Tiles

/// sums = 0, while C is prefetched.
INLINE void NAME(clear_tile)(const int rows, NAME(vector) (*sums)[TILE_VECTORS], const float *c, int64_t ldc) {
  UNROLLED for (int i = 0; i < rows; i++) {
    __builtin_prefetch(c + i * ldc, 1);
    UNROLLED for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] = (NAME(vector)){0};
  }
}

/// sums += a column of A (rows `row` apart) · a row of packed B.
INLINE void NAME(add_outer)(const int rows, NAME(vector) (*sums)[TILE_VECTORS], const float *a, int64_t row, const float *b) {
  NAME(vector) right[TILE_VECTORS];
  UNROLLED for (int j = 0; j < TILE_VECTORS; j++) right[j] = *(const NAME(vector) *)(b + j * VECTOR);
  UNROLLED for (int i = 0; i < rows; i++) {
    const float left = a[i * row];
    UNROLLED for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] += left * right[j];
  }
}

/// C tile (+)= sums.
INLINE void NAME(put_tile)(const int rows, NAME(vector) (*sums)[TILE_VECTORS], bool accumulate, float *c, int64_t ldc) {
  UNROLLED for (int i = 0; i < rows; i++)
    UNROLLED for (int j = 0; j < TILE_VECTORS; j++) {
      NAME(vector) *target = (NAME(vector) *)(c + i * ldc + j * VECTOR);
      *target = accumulate ? *target + sums[i][j] : sums[i][j];
    }
}

/// C tile of `rows` rows (+)= A · packed B (k rows of TILE_COLUMNS); a row of A is `row` apart from the next, a column `step`. If
/// it `prefetches`, the panel behind B is. If it `packs`, the next panel (k rows, `next_row` apart) is packed at the same time, and the one
/// behind that prefetched.
INLINE void NAME(tile_of_rows)(const int rows, int64_t k, const float *restrict a, int64_t row, int64_t step, const float *restrict b,
                               bool accumulate, float *restrict c, int64_t ldc, const bool prefetches, const bool packs,
                               const float *restrict next, int64_t next_row, float *restrict packed) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
  NAME(clear_tile)(rows, sums, c, ldc);
  for (int64_t l = 0; l < k; l++) {
    NAME(add_outer)(rows, sums, a, row, b);
    if (prefetches)
      for (int64_t column = 0; column < TILE_COLUMNS; column += 16) __builtin_prefetch(b + k * TILE_COLUMNS + column, 0, 2);
    if (packs) {
      UNROLLED for (int j = 0; j < TILE_VECTORS; j++) *(NAME(vector) *)(packed + j * VECTOR) = *(const NAME(vector) *)(next + j * VECTOR);
      __builtin_prefetch(next + TILE_COLUMNS, 0, 2);
      if (TILE_COLUMNS > 16) __builtin_prefetch(next + TILE_COLUMNS + 16, 0, 2);
      next += next_row;
      packed += TILE_COLUMNS;
    }
    a += step;
    b += TILE_COLUMNS;
  }
  NAME(put_tile)(rows, sums, accumulate, c, ldc);
}

/// A full tile, of A packed in columns of TILE_ROWS.
VECTOR_WIDTH static void NAME(packed_tile)(int64_t k, const float *a, const float *b, bool accumulate, float *c, int64_t ldc) {
  NAME(tile_of_rows)(TILE_ROWS, k, a, 1, TILE_ROWS, b, accumulate, c, ldc, false, false, NULL, 0, NULL);
}

/// The same, packing the next panel.
VECTOR_WIDTH static void NAME(packing_tile)(int64_t k, const float *a, const float *b, bool accumulate, float *c, int64_t ldc,
                                            const float *next, int64_t next_row, float *packed) {
  NAME(tile_of_rows)(TILE_ROWS, k, a, 1, TILE_ROWS, b, accumulate, c, ldc, false, true, next, next_row, packed);
}

/// A full tile, of A as it lies.
VECTOR_WIDTH static void NAME(tall_tile)(int64_t k, const float *a, int64_t row, int64_t step, const float *b, bool accumulate, float *c,
                                         int64_t ldc) {
  NAME(tile_of_rows)(TILE_ROWS, k, a, row, step, b, accumulate, c, ldc, false, false, NULL, 0, NULL);
}

/// The same, prefetching the panel behind this one.
VECTOR_WIDTH static void NAME(first_tile)(int64_t k, const float *a, int64_t row, int64_t step, const float *b, bool accumulate, float *c,
                                          int64_t ldc) {
  NAME(tile_of_rows)(TILE_ROWS, k, a, row, step, b, accumulate, c, ldc, true, false, NULL, 0, NULL);
}

/// A full tile, of A as it lies, prefetching the tiles `offset` behind the beginning of `ahead`: a row of each every few terms.
VECTOR_WIDTH static void NAME(prefetching_tile)(int64_t k, const float *restrict a, int64_t row, int64_t step, const float *restrict b,
                                           bool accumulate, float *restrict c, int64_t ldc, const gan_prefetch *ahead, int64_t offset) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
  NAME(clear_tile)(TILE_ROWS, sums, c, ldc);
  for (int64_t i = 0, l = 0; i < TILE_ROWS; i++) {
    for (int64_t matrix = 0; matrix < ahead->count; matrix++)
      for (int64_t column = 0; column < TILE_COLUMNS; column += 16)
        __builtin_prefetch(ahead->matrices[matrix] + offset + i * ahead->leading + column, 0, 2);
    for (const int64_t end = k * (i + 1) / TILE_ROWS; l < end; l++) {
      NAME(add_outer)(TILE_ROWS, sums, a, row, b);
      a += step;
      b += TILE_COLUMNS;
    }
  }
  NAME(put_tile)(TILE_ROWS, sums, accumulate, c, ldc);
}

/// A third of a tile's rows.
VECTOR_WIDTH static void NAME(low_tile)(int64_t k, const float *a, int64_t row, int64_t step, const float *b, bool accumulate, float *c,
                                        int64_t ldc) {
  NAME(tile_of_rows)(TILE_ROWS / 3, k, a, row, step, b, accumulate, c, ldc, false, false, NULL, 0, NULL);
}

/// One row of a tile.
VECTOR_WIDTH static void NAME(flat_tile)(int64_t k, const float *a, int64_t row, int64_t step, const float *b, bool accumulate, float *c,
                                         int64_t ldc) {
  NAME(tile_of_rows)(1, k, a, row, step, b, accumulate, c, ldc, false, false, NULL, 0, NULL);
}

/// The part of a tile that lies inside of C.
static void NAME(put_edge)(const float *tile, int64_t rows, int64_t columns, bool accumulate, float *c, int64_t ldc) {
  for (int64_t y = 0; y < rows; y++)
    for (int64_t x = 0; x < columns; x++) c[y * ldc + x] = tile[y * TILE_COLUMNS + x] + (accumulate ? c[y * ldc + x] : 0.0f);
}

// MARK: Packing

#if VECTOR == 16
#define LOW(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif VECTOR == 8
#define LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#endif

/// Exchanges rows and columns of a square of VECTOR vectors: as often as VECTOR has binary digits, the two halves are shuffled
/// into each other.
INLINE void NAME(transpose_square)(NAME(vector) *x) {
  NAME(vector) y[VECTOR];
#pragma clang loop unroll(full)
  for (int stage = 1; stage < VECTOR; stage *= 2) {
#pragma clang loop unroll(full)
    for (int i = 0; i < VECTOR / 2; i++) {
      y[2 * i] = LOW(x[i], x[i + VECTOR / 2]);
      y[2 * i + 1] = HIGH(x[i], x[i + VECTOR / 2]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < VECTOR; i++) x[i] = y[i];
  }
}

/// Packs `count` vectors (rows of A, columns of B) of k numbers in panels of `width` vectors, k by k; the last panel is padded with zeros.
/// Numbers of a vector are `step` apart, vectors `strand`. Writes up to VECTOR numbers behind the last panel.
INLINE void NAME(pack)(const int64_t width, float *restrict d, const float *restrict s, int64_t count, int64_t k, int64_t strand,
                       int64_t step) {
  for (int64_t first = 0; first < count; first += width, d += width * k) {
    const int64_t n = first + width <= count ? width : count - first;
    const float *source = s + first * strand;
    int64_t l = 0;
    if (n == width && strand == 1) {
      for (; l < k; l++) memcpy(d + l * width, source + l * step, (size_t)width * sizeof(float));
    } else if (n == width && step == 1) {
      for (; l + VECTOR <= k; l += VECTOR)
        for (int64_t i0 = (width - 1) / VECTOR * VECTOR; i0 >= 0; i0 -= VECTOR) {
          NAME(vector) square[VECTOR];
#pragma clang loop unroll(full)
          for (int64_t i = 0; i < VECTOR; i++)
            square[i] = i0 + i < width ? *(const NAME(vector) *)(source + (i0 + i) * strand + l) : (NAME(vector)){0};
          NAME(transpose_square)(square);
          // Each row is written in full; what is written later puts right what lies beyond `width`.
#pragma clang loop unroll(full)
          for (int64_t i = 0; i < VECTOR; i++) *(NAME(vector) *)(d + (l + i) * width + i0) = square[i];
        }
    }
    for (; l < k; l++) {
      for (int64_t i = 0; i < n; i++) d[l * width + i] = source[i * strand + l * step];
      for (int64_t i = n; i < width; i++) d[l * width + i] = 0.0f;
    }
  }
}

VECTOR_WIDTH static void NAME(pack_left)(float *d, const float *s, int64_t count, int64_t k, int64_t strand, int64_t step) {
  NAME(pack)(TILE_ROWS, d, s, count, k, strand, step);
}

VECTOR_WIDTH static void NAME(pack_right)(float *d, const float *s, int64_t count, int64_t k, int64_t strand, int64_t step) {
  NAME(pack)(TILE_COLUMNS, d, s, count, k, strand, step);
}
