// The kernels that are compiled for each instruction set: a row each, KERNEL(result, name, parameters, arguments). Their declarations
// (`gan_` and the name), the table of each instruction set and the functions that call by it are made of these rows. Included wherever
// one of these is made, with KERNEL defined as it needs.

// MARK: Tiles

/// One function over `count` numbers.
KERNEL(void, tile, (int32_t function, int32_t form, float *d, const float *a, const float *b, const float *c, int64_t count,
       float parameter), (function, form, d, a, b, c, count, parameter))

/// The reduction of `count` numbers in a fixed order; of none, its identity (0, −∞, +∞). NaN wins in maxima and minima.
KERNEL(float, reduce, (int32_t reduction, const float *a, int64_t count), (reduction, a, count))

/// Runs the tiles of rows first_row ..< end_row and of pieces first_piece ..< end_piece of each row. The buffer `moved` (−1 for none) is read
/// from `place` on instead. `scratch` has room for register_count · tile floats, and is aligned to 64 bytes.
KERNEL(void, run_program, (const gan_program *program, float *const *buffers, const gan_key *keys, int64_t block, int64_t first_row,
       int64_t end_row, int64_t first_piece, int64_t end_piece, int32_t moved, float *place, float *scratch),
       (program, buffers, keys, block, first_row, end_row, first_piece, end_piece, moved, place, scratch))

/// accumulator[j] = accumulator[j] ∘ rows[0, j] ∘ rows[1, j] ∘ …; their leading dimension is `ld`.
KERNEL(void, reduce_rows, (int32_t reduction, float *accumulator, const float *rows, int64_t row_count, int64_t columns, int64_t ld),
       (reduction, accumulator, rows, row_count, columns, ld))

/// count numbers, each the identity of the reduction.
KERNEL(void, set_identity, (int32_t reduction, float *d, int64_t count), (reduction, d, count))

// MARK: Samples

/// d[i] = s[i] / scale: the numbers of pictures as floats, each rounded once.
KERNEL(void, floats_of_bytes, (const uint8_t *s, float scale, float *d, int64_t count), (s, scale, d, count))
KERNEL(void, floats_of_words, (const uint16_t *s, float scale, float *d, int64_t count), (s, scale, d, count))

// MARK: Products

/// C = A·B (+ C if `accumulate`), row-major; A is [m, k] with leading dimension `lda` (the distance of its rows), or [k, m] if
/// `transposeA`; B and C likewise.
/// `scratch` has room for gan_product_scratch(m, n, k) floats.
KERNEL(void, product, (bool transposeA, bool transposeB, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b,
       int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch),
       (transposeA, transposeB, m, n, k, a, lda, b, ldb, accumulate, c, ldc, scratch))

/// C = A·B (+ C if `accumulate`), with A as it lies and B packed. What is read next (`ahead`, or NULL) is prefetched meanwhile.
KERNEL(void, packed_product, (bool transposeA, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b,
       bool accumulate, float *c, int64_t ldc, const gan_prefetch *ahead), (transposeA, m, n, k, a, lda, b, accumulate, c, ldc, ahead))

/// The columns of a panel in this instruction set: a divisor of it.
KERNEL(int64_t, panel_columns, (void), ())

/// Columns first ..< end of the right sides, packed one below the other; `first` is a multiple of GAN_PANEL_COLUMNS, `packed` where
/// these columns go: first · Σ k behind the beginning.
KERNEL(void, pack_right_sides, (const gan_product_term *terms, int32_t count, int64_t first, int64_t end, float *packed),
       (terms, count, first, end, packed))

/// C = Σ left · right (+ C if `accumulate`) for `rows` rows from `first` on and `columns` columns, whose right sides are `packed`. What
/// is read next (`ahead`, or NULL) is prefetched meanwhile. `scratch` has room for rows · Σ k floats (rows rounded up to a multiple of 12),
/// and 16 more.
KERNEL(void, sum_of_products, (const gan_product_term *terms, int32_t count, int64_t first, int64_t rows, int64_t columns,
       const float *packed, bool accumulate, float *c, int64_t ldc, const gan_prefetch *ahead, float *scratch),
       (terms, count, first, rows, columns, packed, accumulate, c, ldc, ahead, scratch))

/// C [m, n] = A·Bᵀ (+ C if `accumulate`) for few rows: Aᵀ [k, m] is packed as a right side, B [n, k] as it lies, with rows `ldb` apart; k is
/// a multiple of 16. `scratch` has room for gan_few_rows_scratch(m) floats. Rows of B are taken GAN_ROW_GROUP at a time.
KERNEL(void, few_rows_by_transposed, (int64_t m, int64_t n, int64_t k, const float *packed, const float *b, int64_t ldb, bool accumulate,
       float *c, int64_t ldc, float *scratch), (m, n, k, packed, b, ldb, accumulate, c, ldc, scratch))

/// y[i] = Σ_j a[i, j] x[j] (+ y[i] if `accumulate`), rows of a `lda` apart.
KERNEL(void, matrix_vector, (int64_t m, int64_t k, const float *a, int64_t lda, const float *x, bool accumulate, float *y,
       int64_t y_stride), (m, k, a, lda, x, accumulate, y, y_stride))

/// y[j] = Σ_i x[i] a[i, j] (+ y[j] if `accumulate`).
KERNEL(void, vector_matrix, (int64_t k, int64_t n, const float *x, int64_t x_stride, const float *a, int64_t lda, bool accumulate,
       float *y), (k, n, x, x_stride, a, lda, accumulate, y))

/// C [m, n] = A·B (+ C if `accumulate`) for k terms, from 1 to GAN_FEW_TERMS; a row of A is `row` apart from the next, a column
/// `step`; rows of B lie `ldb` apart.
KERNEL(void, product_of_few_terms, (int64_t m, int64_t n, int64_t k, const float *a, int64_t row, int64_t step, const float *b, int64_t ldb,
       bool accumulate, float *c, int64_t ldc), (m, n, k, a, row, step, b, ldb, accumulate, c, ldc))

// MARK: Movement

/// d[i…] = s[i…] over `sizes`, both with strides of their own.
KERNEL(void, copy, (int32_t rank, const int64_t *sizes, float *d, const int64_t *d_strides, const float *s, const int64_t *s_strides),
       (rank, sizes, d, d_strides, s, s_strides))

/// Adds each of the `count` rows of `rows` (of `width` numbers) to the row of `d` that `indices` names, in their order.
/// Rows outside 0 ..< d_rows are left out; columns first ..< end only.
KERNEL(void, scatter_add, (float *d, int64_t d_rows, const float *rows, const uint32_t *indices, int64_t count, int64_t width,
       int64_t first, int64_t end), (d, d_rows, rows, indices, count, width, first, end))

/// The rows of `s` that `indices` names; NaN where there is no such row.
KERNEL(void, gather, (float *d, const float *s, int64_t s_rows, const uint32_t *indices, int64_t count, int64_t width),
       (d, s, s_rows, indices, count, width))

/// im2col: the patches of x, a row for each output position first ..< end (counted over n, out_height, out_width), each with
/// kernel_height · kernel_width · channels columns; the leading dimension is `ld`. Zeros in the padding.
KERNEL(void, im2col, (const gan_convolution *g, const float *x, int64_t first, int64_t end, float *patches, int64_t ld),
       (g, x, first, end, patches, ld))

/// col2im, its adjoint: adds patches to where they came from.
KERNEL(void, col2im, (const gan_convolution *g, float *x, int64_t first, int64_t end, const float *patches, int64_t ld),
       (g, x, first, end, patches, ld))

// MARK: Winograd's convolution

// Tiles whose results would not be finite are computed directly: NaN and infinity spread no farther than in a direct convolution.

/// The input transform: the tiles of images first ..< end of x (those of image `first` are the first rows), some columns of the data.
KERNEL(void, winograd_input, (const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first, int64_t end, int64_t first_column,
       int64_t end_column, float *v, int64_t point_stride), (g, t, x, first, end, first_column, end_column, v, point_stride))

/// Its adjoint, of all columns: adds to the input gradient x. The data were made of the output gradient y and of the filter.
KERNEL(void, winograd_input_transpose, (const gan_convolution *g, const gan_tiles *t, const float *v, int64_t point_stride, int64_t first,
       int64_t end, float *x, int64_t outputs, const float *y, const float *filter),
       (g, t, v, point_stride, first, end, x, outputs, y, filter))

/// The output transform: y, of the products `m`, which were made of x and of the filter.
KERNEL(void, winograd_output, (const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *m, int64_t point_stride,
       int64_t first, int64_t end, bool accumulate, float *y, const float *x, const float *filter),
       (g, t, outputs, m, point_stride, first, end, accumulate, y, x, filter))

/// Its adjoint, of an output gradient y; `packed` as the right side of a product of `rows` tiles, of which these are some.
KERNEL(void, winograd_output_transpose, (const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y, int64_t first,
       int64_t end, bool packed, int64_t rows, float *m, int64_t point_stride),
       (g, t, outputs, y, first, end, packed, rows, m, point_stride))

/// The filter transform: some rows of [D, outputs], from a multiple of 16 on, packed as the right side of a product; as columns of the
/// transpose [outputs, D] if `transpose`.
KERNEL(void, winograd_filter, (const gan_convolution *g, const gan_tiles *t, int64_t outputs, bool transpose, const float *filter,
       int64_t first_column, int64_t end_column, float *u, int64_t point_stride),
       (g, t, outputs, transpose, filter, first_column, end_column, u, point_stride))

/// Its adjoint: the filter gradient, of some rows of matrices [D, outputs] that are not packed, and are sums over `terms`.
KERNEL(void, winograd_filter_transpose, (const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *u,
       int64_t point_stride, int64_t first_column, int64_t end_column, bool accumulate, float *filter, const gan_filter_terms *terms),
       (g, t, outputs, u, point_stride, first_column, end_column, accumulate, filter, terms))

// MARK: Chance

/// Numbers first ..< first + count of a draw: see Distribution.swift. `function` is GAN_UNIFORM, GAN_NORMAL or
/// GAN_TRUNCATED_NORMAL.
KERNEL(void, random, (int32_t function, gan_key key, int64_t first, int64_t count, float *d), (function, key, first, count, d))

/// The words of the blocks with counters (low, high of first + i; stream), block after block.
KERNEL(void, random_words, (gan_key key, uint64_t first, uint32_t *d), (key, first, d))

#undef KERNEL
