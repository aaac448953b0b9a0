// Matrix products by blocks: panels of A and B packed to fit the caches, and tiles of C (product_tiles.h). Included once for each
// instruction set.

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
/// multiplied, and the one behind it prefetched.
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
        // Some cache lines of each of the next columns.
        const int64_t across = (depth + 15) / 16, lines = TILE_COLUMNS * across, tile = i / TILE_ROWS;
        for (int64_t line = lines * tile / tiles; line < lines * (tile + 1) / tiles; line++)
          __builtin_prefetch(next + line / across * ldb + line % across * 16, 0, 2);
      }
      NAME(tiles_of_panel)(m - i, columns, depth, left + i * depth, panel, add, c + i * ldc + j, ldc);
    }
  }
}

static void NAME(packed_product)(bool transposeA, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b,
                                 bool accumulate, float *c, int64_t ldc, const gan_prefetch *ahead) {
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
      if (rows == TILE_ROWS && is_whole && ahead != NULL) {
        NAME(prefetching_tile)(k, l, row, step, b, adds, target, ld, ahead, i * ahead->leading + j);
      } else if (rows == TILE_ROWS && i == 0) {
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

static void NAME(product)(bool transposeA, bool transposeB, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda,
                          const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch) {
  const int64_t most_rows = PACKED_ROWS / TILE_ROWS * TILE_ROWS;
  float *const left = scratch;
  float *const right = scratch + (PACKED_ROWS * PACKED_DEPTH + VECTOR);
  if (!transposeA && k <= PACKED_DEPTH && n <= PACKED_COLUMNS && lda % 1024 != 0) {
    // All of B is packed at once. The rows of A are short, and do not fall on one place of the cache: they are read as they lie.
    NAME(pack_right)(right, b, n, k, transposeB ? ldb : 1, transposeB ? 1 : ldb);
    NAME(packed_product)(false, m, n, k, a, lda, right, accumulate, c, ldc, NULL);
    return;
  }
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
                                  const float *packed, bool accumulate, float *c, int64_t ldc, const gan_prefetch *ahead,
                                  float *scratch) {
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
        if (l0 == 0 && ahead != NULL && i + TILE_ROWS <= rows && j + TILE_COLUMNS <= columns) {
          NAME(prefetching_tile)(depth, left, 1, TILE_ROWS, right, add, c + i * ldc + j, ldc, ahead, i * ahead->leading + j);
        } else {
          NAME(tiles_of_panel)(rows - i, columns - j, depth, left, right, add, c + i * ldc + j, ldc);
        }
      }
    }
  }
}

// MARK: Few rows by a transposed side

/// Rows of B that are being copied to where the next tiles will read them, while those behind them are prefetched: 16 numbers at a time.
typedef struct {
  const float *from, *prefetched;
  float *to;
  int64_t from_row, to_row;
  int64_t pieces, piece, left;  // Of a row; the next of them; of all rows.
} NAME(rows_ahead);

INLINE void NAME(copy_rows_ahead)(NAME(rows_ahead) * ahead, int64_t pieces) {
  for (; pieces > 0 && ahead->left > 0; pieces--, ahead->left--) {
    const int64_t at = ahead->piece * 16;
    UNROLLED for (int64_t v = 0; v < 16; v += VECTOR)
      *(NAME(vector) *)(ahead->to + at + v) = *(const NAME(vector) *)(ahead->from + at + v);
    __builtin_prefetch(ahead->prefetched + at, 0, 2);
    if (++ahead->piece == ahead->pieces) {
      ahead->piece = 0;
      ahead->from += ahead->from_row, ahead->prefetched += ahead->from_row, ahead->to += ahead->to_row;
    }
  }
}

/// A full tile, of A with rows `row` apart, copying some pieces of the rows ahead.
VECTOR_WIDTH static void NAME(copying_tile)(int64_t k, const float *a, int64_t row, const float *b, bool accumulate, float *c, int64_t ldc,
                                             NAME(rows_ahead) * ahead, int64_t pieces) {
  NAME(vector) sums[TILE_ROWS][TILE_VECTORS];
  NAME(clear_tile)(TILE_ROWS, sums, c, ldc);
  for (int64_t turn = 0, l = 0; turn < TILE_ROWS; turn++) {
    NAME(copy_rows_ahead)(ahead, pieces * (turn + 1) / TILE_ROWS - pieces * turn / TILE_ROWS);
    for (const int64_t end = k * (turn + 1) / TILE_ROWS; l < end; l++, b += TILE_COLUMNS) NAME(add_outer)(TILE_ROWS, sums, a + l, row, b);
  }
  NAME(put_tile)(TILE_ROWS, sums, accumulate, c, ldc);
}

/// C (+)= the transpose of `rows` rows of m numbers, `ld` apart (and room for whole squares).
VECTOR_WIDTH static void NAME(put_transposed)(int64_t m, int64_t rows, const float *transposed, int64_t ld, bool accumulate, float *c,
                                              int64_t ldc) {
  for (int64_t x = 0; x < m; x += VECTOR)
    for (int64_t y = 0; y < rows; y += VECTOR) {
      NAME(vector) square[VECTOR];
      UNROLLED for (int64_t i = 0; i < VECTOR; i++) square[i] = *(const NAME(vector) *)(transposed + (y + i) * ld + x);
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

/// Rows of B are multiplied as they lie, those of A are the packed columns: the result is the transpose of C. A group of
/// rows, a part of the depth at a time.
static void NAME(few_rows_by_transposed)(int64_t m, int64_t n, int64_t k, const float *packed, const float *b, int64_t ldb, bool accumulate,
                                         float *c, int64_t ldc, float *scratch) {
  enum { GROUP = GAN_ROW_GROUP, ROW = PACKED_DEPTH + 16 };
  const int64_t width = (m + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS;
  const int64_t parts = (k + PACKED_DEPTH - 1) / PACKED_DEPTH, steps = (n + GROUP - 1) / GROUP * parts;
  float *const transposed = scratch, *lefts[2] = {scratch + GROUP * width, scratch + GROUP * (width + ROW)};
#define PLACE(step) (b + (step) / parts * GROUP * ldb + (step) % parts * PACKED_DEPTH)
  for (int64_t step = -1; step < steps; step++) {
    NAME(rows_ahead) ahead = {.left = 0};
    if (step + 1 < steps) {
      const int64_t first = (step + 1) / parts * GROUP, l0 = (step + 1) % parts * PACKED_DEPTH;
      const int64_t pieces = (l0 + PACKED_DEPTH <= k ? PACKED_DEPTH : k - l0) / 16;
      ahead = (NAME(rows_ahead)){.from = PLACE(step + 1), .prefetched = PLACE(step + 2), .to = lefts[(step + 1) & 1], .from_row = ldb,
                                 .to_row = ROW, .pieces = pieces, .left = pieces * (first + GROUP <= n ? GROUP : n - first)};
    }
    if (step < 0) {
      NAME(copy_rows_ahead)(&ahead, ahead.left);
      continue;
    }
    const int64_t first = step / parts * GROUP, l0 = step % parts * PACKED_DEPTH;
    const int64_t rows = first + GROUP <= n ? GROUP : n - first, depth = l0 + PACKED_DEPTH <= k ? PACKED_DEPTH : k - l0;
    const int64_t tiles = width / TILE_COLUMNS * ((rows + TILE_ROWS - 1) / TILE_ROWS), share = (ahead.left + tiles - 1) / tiles;
    for (int64_t j = 0; j < width; j += TILE_COLUMNS)
      for (int64_t i = 0; i < rows; i += TILE_ROWS)
        NAME(copying_tile)(depth, lefts[step & 1] + i * ROW, ROW, packed + j * k + l0 * TILE_COLUMNS, l0 > 0, transposed + i * width + j, width,
                            &ahead, share);
    NAME(copy_rows_ahead)(&ahead, ahead.left);
    if (l0 + depth == k) NAME(put_transposed)(m, rows, transposed, width, accumulate, c + first, ldc);
  }
#undef PLACE
}
