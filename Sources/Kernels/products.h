// Matrix products by blocks: panels of A and B packed to fit the caches, and a kernel that keeps a tile of C in registers
// (Goto and van de Geijn 2008). Included once for each instruction set, with VECTOR floats in a register, and a tile of
// TILE_ROWS rows (a multiple of 3) by TILE_VECTORS registers.

typedef float NAME(vector) __attribute__((vector_size(VECTOR * 4), aligned(4)));

#define TILE_COLUMNS (VECTOR * TILE_VECTORS)
#define INLINE static inline __attribute__((always_inline))
#define UNROLLED _Pragma("clang loop unroll(full)")

enum { NAME(panel_columns) = TILE_COLUMNS };
_Static_assert(GAN_PANEL_COLUMNS % TILE_COLUMNS == 0, "a packed side has room for whole panels");

// MARK: Tiles

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
/// it `packs`, the next panel (k rows, `next_row` apart) is packed at the same time, and the one behind that asked for.
INLINE void NAME(tile_of_rows)(const int rows, int64_t k, const float *restrict a, int64_t row, int64_t step, const float *restrict b,
                               bool accumulate, float *restrict c, int64_t ldc, const bool packs, const float *restrict next,
                               int64_t next_row, float *restrict packed) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
  UNROLLED for (int i = 0; i < rows; i++) {
    __builtin_prefetch(c + i * ldc, 1);
    UNROLLED for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] = (NAME(vector)){0};
  }
  for (int64_t l = 0; l < k; l++) {
    NAME(add_outer)(rows, sums, a, row, b);
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
  NAME(tile_of_rows)(TILE_ROWS, k, a, 1, TILE_ROWS, b, accumulate, c, ldc, false, NULL, 0, NULL);
}

/// The same, packing the next panel.
VECTOR_WIDTH static void NAME(packing_tile)(int64_t k, const float *a, const float *b, bool accumulate, float *c, int64_t ldc,
                                            const float *next, int64_t next_row, float *packed) {
  NAME(tile_of_rows)(TILE_ROWS, k, a, 1, TILE_ROWS, b, accumulate, c, ldc, true, next, next_row, packed);
}

/// The same, asking for the tiles at the same place of matrices beside C, whose rows lie `ld` apart: a row of them every few terms.
VECTOR_WIDTH static void NAME(asking_tile)(int64_t k, const float *restrict a, const float *restrict b, bool accumulate, float *restrict c,
                                           int64_t ldc, const float *const *beside, int32_t count, int64_t place, int64_t ld) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
  UNROLLED for (int i = 0; i < TILE_ROWS; i++) {
    __builtin_prefetch(c + i * ldc, 1);
    UNROLLED for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] = (NAME(vector)){0};
  }
  for (int64_t row = 0, l = 0; row < TILE_ROWS; row++) {
    for (int32_t matrix = 0; matrix < count; matrix++)
      for (int64_t column = 0; column < TILE_COLUMNS; column += 16)
        __builtin_prefetch(beside[matrix] + place + row * ld + column, 0, 2);
    for (const int64_t end = k * (row + 1) / TILE_ROWS; l < end; l++) {
      NAME(add_outer)(TILE_ROWS, sums, a, 1, b);
      a += TILE_ROWS;
      b += TILE_COLUMNS;
    }
  }
  NAME(put_tile)(TILE_ROWS, sums, accumulate, c, ldc);
}

/// A full tile, of A as it lies.
VECTOR_WIDTH static void NAME(tall_tile)(int64_t k, const float *a, int64_t row, int64_t step, const float *b, bool accumulate, float *c,
                                         int64_t ldc) {
  NAME(tile_of_rows)(TILE_ROWS, k, a, row, step, b, accumulate, c, ldc, false, NULL, 0, NULL);
}

/// The same, asking for the panel behind this one.
VECTOR_WIDTH static void NAME(first_tile)(int64_t k, const float *restrict a, int64_t row, int64_t step, const float *restrict b, bool accumulate,
                                          float *restrict c, int64_t ldc) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
  const int64_t panel = k * TILE_COLUMNS;
  UNROLLED for (int i = 0; i < TILE_ROWS; i++) {
    __builtin_prefetch(c + i * ldc, 1);
    UNROLLED for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] = (NAME(vector)){0};
  }
  for (int64_t l = 0; l < k; l++) {
    NAME(add_outer)(TILE_ROWS, sums, a, row, b);
    for (int64_t column = 0; column < TILE_COLUMNS; column += 16) __builtin_prefetch(b + panel + column, 0, 2);
    a += step;
    b += TILE_COLUMNS;
  }
  NAME(put_tile)(TILE_ROWS, sums, accumulate, c, ldc);
}

/// A third of a tile's rows.
VECTOR_WIDTH static void NAME(low_tile)(int64_t k, const float *a, int64_t row, int64_t step, const float *b, bool accumulate, float *c,
                                        int64_t ldc) {
  NAME(tile_of_rows)(TILE_ROWS / 3, k, a, row, step, b, accumulate, c, ldc, false, NULL, 0, NULL);
}

/// One row of a tile.
VECTOR_WIDTH static void NAME(flat_tile)(int64_t k, const float *a, int64_t row, int64_t step, const float *b, bool accumulate, float *c,
                                         int64_t ldc) {
  NAME(tile_of_rows)(1, k, a, row, step, b, accumulate, c, ldc, false, NULL, 0, NULL);
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

/// Packs `count` strands (rows of A, columns of B) of k numbers in panels of `width` strands, k by k; zeros fill the last one.
/// Numbers of a strand are `step` apart, strands `strand`. Writes up to VECTOR numbers behind the last panel.
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

// MARK: Products

/// A row of tiles of C, all of its columns that are packed.
static void NAME(tiles_of_panel)(int64_t rows, int64_t columns, int64_t depth, const float *left, const float *right, bool add, float *c,
                                 int64_t ldc) {
  float edge[TILE_ROWS * TILE_COLUMNS];
  if (rows >= TILE_ROWS && columns >= TILE_COLUMNS) {
    NAME(packed_tile)(depth, left, right, add, c, ldc);
  } else if (rows < TILE_ROWS && rows % (TILE_ROWS / 3) == 0 && columns >= TILE_COLUMNS) {
    for (int64_t y = 0; y < rows; y += TILE_ROWS / 3) NAME(low_tile)(depth, left + y, 1, TILE_ROWS, right, add, c + y * ldc, ldc);
  } else {
    NAME(packed_tile)(depth, left, right, false, edge, TILE_COLUMNS);
    NAME(put_edge)(edge, rows < TILE_ROWS ? rows : TILE_ROWS, columns < TILE_COLUMNS ? columns : TILE_COLUMNS, add, c, ldc);
  }
}

/// A product of few rows, so that each panel of B is used only a few times: the next panel is packed while the present one is
/// multiplied, and the one behind it on its way.
static void NAME(product_of_few_rows)(bool transposeB, int64_t m, int64_t n, int64_t depth, const float *left, const float *b, int64_t ldb,
                                      bool add, float *c, int64_t ldc, float *right) {
  const int64_t size = TILE_COLUMNS * depth + VECTOR, strand = transposeB ? ldb : 1, step = transposeB ? 1 : ldb;
  const int64_t tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
  bool is_packed = false;
  for (int64_t j = 0, turn = 0; j < n; j += TILE_COLUMNS, turn ^= 1) {
    float *const panel = right + turn * size, *const other = right + (turn ^ 1) * size;
    const int64_t columns = n - j;
    if (!is_packed) NAME(pack_right)(panel, b + j * strand, columns < TILE_COLUMNS ? columns : TILE_COLUMNS, depth, strand, step);
    is_packed = false;
    const float *next = b + (j + TILE_COLUMNS) * strand;
    for (int64_t i = 0; i < m; i += TILE_ROWS) {
      if (i == 0 && !transposeB && m >= TILE_ROWS && columns >= 2 * TILE_COLUMNS) {
        NAME(packing_tile)(depth, left, panel, add, c + j, ldc, next, ldb, other);
        is_packed = true;
        continue;
      }
      if (transposeB && columns >= 2 * TILE_COLUMNS) {
        // Some lines of each of the next columns.
        const int64_t across = (depth + 15) / 16, lines = TILE_COLUMNS * across, tile = i / TILE_ROWS;
        for (int64_t line = lines * tile / tiles; line < lines * (tile + 1) / tiles; line++)
          __builtin_prefetch(next + line / across * ldb + line % across * 16, 0, 2);
      }
      NAME(tiles_of_panel)(m - i, columns, depth, left + i * depth, panel, add, c + i * ldc + j, ldc);
    }
  }
}

static void NAME(product)(bool transposeA, bool transposeB, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda,
                          const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch) {
  const int64_t most_rows = PACKED_ROWS / TILE_ROWS * TILE_ROWS;
  float *const left = scratch;
  float *const right = scratch + (PACKED_ROWS * PACKED_DEPTH + VECTOR);
  // Depth in equal parts.
  const int64_t parts = (k + PACKED_DEPTH - 1) / PACKED_DEPTH, part = ((k + parts - 1) / parts + 15) / 16 * 16;
  const int64_t strandA = transposeA ? 1 : lda, stepA = transposeA ? lda : 1;
  const int64_t strandB = transposeB ? ldb : 1, stepB = transposeB ? 1 : ldb;
  const int64_t group = m <= most_rows ? n : PACKED_COLUMNS;
  for (int64_t j0 = 0; j0 < n; j0 += group)
    for (int64_t l0 = 0; l0 < k; l0 += part) {
      const int64_t depth = l0 + part <= k ? part : k - l0, columns = j0 + group < n ? group : n - j0;
      const bool add = accumulate || l0 > 0;
      if (m <= most_rows) {
        NAME(pack_left)(left, a + l0 * stepA, m, depth, strandA, stepA);
        NAME(product_of_few_rows)(transposeB, m, n, depth, left, b + l0 * stepB, ldb, add, c, ldc, right);
        continue;
      }
      NAME(pack_right)(right, b + l0 * stepB + j0 * strandB, columns, depth, strandB, stepB);
      for (int64_t i0 = 0; i0 < m; i0 += most_rows) {
        const int64_t rows = i0 + most_rows <= m ? most_rows : m - i0;
        NAME(pack_left)(left, a + l0 * stepA + i0 * strandA, rows, depth, strandA, stepA);
        for (int64_t i = 0; i < rows; i += TILE_ROWS)
          for (int64_t j = 0; j < columns; j += TILE_COLUMNS)
            NAME(tiles_of_panel)(rows - i, columns - j, depth, left + i * depth, right + j * depth, add, c + (i0 + i) * ldc + j0 + j, ldc);
      }
    }
}

/// Panels of the right sides of a sum's terms, one below the other; columns first ..< end, of which `first` begins a panel.
static void NAME(pack_right_sides)(const gan_product_term *terms, int32_t count, int64_t first, int64_t end, float *packed) {
  for (int64_t j = first; j < end; j += TILE_COLUMNS)
    for (int32_t i = 0; i < count; i++) {
      const gan_product_term *t = &terms[i];
      const int64_t strand = t->transpose_right ? t->right_leading : 1, step = t->transpose_right ? 1 : t->right_leading;
      NAME(pack_right)(packed, t->right + j * strand, j + TILE_COLUMNS <= end ? TILE_COLUMNS : end - j, t->k, strand, step);
      packed += TILE_COLUMNS * t->k;
    }
}

static void NAME(sum_of_products)(const gan_product_term *terms, int32_t count, int64_t first, int64_t rows, int64_t columns,
                                  const float *packed, bool accumulate, float *c, int64_t ldc, const float *const *beside,
                                  int32_t beside_count, int64_t beside_leading, float *scratch) {
  int64_t k = 0;
  for (int32_t i = 0; i < count; i++) k += terms[i].k;
  float *left = scratch;
  for (int64_t i = 0; i < rows; i += TILE_ROWS)
    for (int32_t number = 0; number < count; number++) {
      // What is written behind a panel is put right by the next one.
      const gan_product_term *t = &terms[number];
      const int64_t strand = t->transpose_left ? 1 : t->left_leading, step = t->transpose_left ? t->left_leading : 1;
      NAME(pack_left)(left, t->left + (first + i) * strand, i + TILE_ROWS <= rows ? TILE_ROWS : rows - i, t->k, strand, step);
      left += TILE_ROWS * t->k;
    }
  for (int64_t l0 = 0; l0 < k; l0 += PACKED_DEPTH) {
    const int64_t depth = l0 + PACKED_DEPTH <= k ? PACKED_DEPTH : k - l0;
    const bool add = accumulate || l0 > 0;
    for (int64_t j = 0; j < columns; j += TILE_COLUMNS) {
      const float *right = packed + j * k + l0 * TILE_COLUMNS;
      for (int64_t i = 0; i < rows; i += TILE_ROWS) {
        left = scratch + i * k + l0 * TILE_ROWS;
        if (l0 == 0 && beside_count > 0 && i + TILE_ROWS <= rows && j + TILE_COLUMNS <= columns) {
          NAME(asking_tile)(depth, left, right, add, c + i * ldc + j, ldc, beside, beside_count, i * beside_leading + j, beside_leading);
        } else {
          NAME(tiles_of_panel)(rows - i, columns - j, depth, left, right, add, c + i * ldc + j, ldc);
        }
      }
    }
  }
}

// MARK: Few rows by a transposed side

/// Rows of B on their way to where the next tiles will read them, and those behind them asked for: 16 numbers at a time.
typedef struct {
  const float *from, *asked;
  float *to;
  int64_t from_row, to_row;
  int64_t pieces, piece, left;  // Of a row; the next of them; of all rows.
} NAME(rows_ahead);

INLINE void NAME(bring_rows)(NAME(rows_ahead) * ahead, int64_t pieces) {
  for (; pieces > 0 && ahead->left > 0; pieces--, ahead->left--) {
    const int64_t at = ahead->piece * 16;
    UNROLLED for (int64_t v = 0; v < 16; v += VECTOR)
      *(NAME(vector) *)(ahead->to + at + v) = *(const NAME(vector) *)(ahead->from + at + v);
    __builtin_prefetch(ahead->asked + at, 0, 2);
    if (++ahead->piece == ahead->pieces) {
      ahead->piece = 0;
      ahead->from += ahead->from_row, ahead->asked += ahead->from_row, ahead->to += ahead->to_row;
    }
  }
}

/// A full tile, of A with rows `row` apart, bringing some pieces of the rows ahead.
VECTOR_WIDTH static void NAME(bringing_tile)(int64_t k, const float *a, int64_t row, const float *b, bool accumulate, float *c, int64_t ldc,
                                             NAME(rows_ahead) * ahead, int64_t pieces) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
  UNROLLED for (int i = 0; i < TILE_ROWS; i++)
    UNROLLED for (int j = 0; j < TILE_VECTORS; j++) sums[i][j] = (NAME(vector)){0};
  for (int64_t turn = 0, l = 0; turn < TILE_ROWS; turn++) {
    NAME(bring_rows)(ahead, pieces * (turn + 1) / TILE_ROWS - pieces * turn / TILE_ROWS);
    for (const int64_t end = k * (turn + 1) / TILE_ROWS; l < end; l++, b += TILE_COLUMNS) NAME(add_outer)(TILE_ROWS, sums, a + l, row, b);
  }
  NAME(put_tile)(TILE_ROWS, sums, accumulate, c, ldc);
}

/// C (+)= the transpose of `rows` rows of m numbers, `ld` apart (and room for whole squares).
VECTOR_WIDTH static void NAME(put_transposed)(int64_t m, int64_t rows, const float *turned, int64_t ld, bool accumulate, float *c,
                                              int64_t ldc) {
  for (int64_t x = 0; x < m; x += VECTOR)
    for (int64_t y = 0; y < rows; y += VECTOR) {
      NAME(vector) square[VECTOR];
      UNROLLED for (int64_t i = 0; i < VECTOR; i++) square[i] = *(const NAME(vector) *)(turned + (y + i) * ld + x);
      NAME(transpose_square)(square);
      const int64_t count = rows - y < VECTOR ? rows - y : VECTOR;
      for (int64_t i = 0; i < VECTOR && x + i < m; i++) {
        float *target = c + (x + i) * ldc + y;
        NAME(vector) before = {0};
        if (accumulate) memcpy(&before, target, (size_t)count * sizeof(float));
        before += square[i];
        memcpy(target, &before, (size_t)count * sizeof(float));
      }
    }
}

/// Rows of B are multiplied as they lie, those of A are the packed columns: what comes out is the transpose of C. A group of
/// rows, a part of the depth at a time.
static void NAME(few_rows_by_transposed)(int64_t m, int64_t n, int64_t k, const float *packed, const float *b, int64_t ldb, bool accumulate,
                                         float *c, int64_t ldc, float *scratch) {
  enum { GROUP = 4 * TILE_ROWS * (12 / TILE_ROWS), ROW = PACKED_DEPTH + 16 };
  const int64_t width = (m + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS;
  const int64_t parts = (k + PACKED_DEPTH - 1) / PACKED_DEPTH, steps = (n + GROUP - 1) / GROUP * parts;
  float *const turned = scratch, *lefts[2] = {scratch + GROUP * width, scratch + GROUP * (width + ROW)};
#define PLACE(step) (b + (step) / parts * GROUP * ldb + (step) % parts * PACKED_DEPTH)
  for (int64_t step = -1; step < steps; step++) {
    NAME(rows_ahead) ahead = {.left = 0};
    if (step + 1 < steps) {
      const int64_t first = (step + 1) / parts * GROUP, l0 = (step + 1) % parts * PACKED_DEPTH;
      const int64_t pieces = (l0 + PACKED_DEPTH <= k ? PACKED_DEPTH : k - l0) / 16;
      ahead = (NAME(rows_ahead)){.from = PLACE(step + 1), .asked = PLACE(step + 2), .to = lefts[(step + 1) & 1], .from_row = ldb,
                                 .to_row = ROW, .pieces = pieces, .left = pieces * (first + GROUP <= n ? GROUP : n - first)};
    }
    if (step < 0) {
      NAME(bring_rows)(&ahead, ahead.left);
      continue;
    }
    const int64_t first = step / parts * GROUP, l0 = step % parts * PACKED_DEPTH;
    const int64_t rows = first + GROUP <= n ? GROUP : n - first, depth = l0 + PACKED_DEPTH <= k ? PACKED_DEPTH : k - l0;
    const int64_t tiles = width / TILE_COLUMNS * ((rows + TILE_ROWS - 1) / TILE_ROWS), share = (ahead.left + tiles - 1) / tiles;
    for (int64_t j = 0; j < width; j += TILE_COLUMNS)
      for (int64_t i = 0; i < rows; i += TILE_ROWS)
        NAME(bringing_tile)(depth, lefts[step & 1] + i * ROW, ROW, packed + j * k + l0 * TILE_COLUMNS, l0 > 0, turned + i * width + j, width,
                            &ahead, share);
    NAME(bring_rows)(&ahead, ahead.left);
    if (l0 + depth == k) NAME(put_transposed)(m, rows, turned, width, accumulate, c + first, ldc);
  }
#undef PLACE
}

static void NAME(packed_product)(bool transposeA, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b,
                                 bool accumulate, float *c, int64_t ldc) {
  const int64_t row = transposeA ? 1 : lda, step = transposeA ? lda : 1;
  float edge[TILE_ROWS * TILE_COLUMNS];
  for (int64_t j = 0; j < n; j += TILE_COLUMNS, b += TILE_COLUMNS * k) {
    const int64_t columns = n - j < TILE_COLUMNS ? n - j : TILE_COLUMNS;
    for (int64_t i = 0, rows; i < m; i += rows) {
      rows = m - i >= TILE_ROWS ? TILE_ROWS : m - i >= TILE_ROWS / 3 ? TILE_ROWS / 3 : 1;
      const bool is_whole = columns == TILE_COLUMNS;
      float *target = is_whole ? c + i * ldc + j : edge;
      const int64_t ld = is_whole ? ldc : TILE_COLUMNS;
      const bool adds = accumulate && is_whole;
      const float *l = a + i * row;
      if (rows == TILE_ROWS && i == 0) {
        NAME(first_tile)(k, l, row, step, b, adds, target, ld);
      } else if (rows == TILE_ROWS) {
        NAME(tall_tile)(k, l, row, step, b, adds, target, ld);
      } else if (rows == TILE_ROWS / 3) {
        NAME(low_tile)(k, l, row, step, b, adds, target, ld);
      } else {
        NAME(flat_tile)(k, l, row, step, b, adds, target, ld);
      }
      if (!is_whole) NAME(put_edge)(edge, rows, columns, accumulate, c + i * ldc + j, ldc);
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

static void NAME(matrix_vector)(int64_t m, int64_t k, const float *a, int64_t lda, const float *x, bool accumulate, float *y,
                                int64_t y_stride) {
  for (int64_t i = 0; i < m; i++) {
    const float sum = NAME(dot)(a + i * lda, x, k);
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
