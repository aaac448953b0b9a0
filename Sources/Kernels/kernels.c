#define _GNU_SOURCE
#include "kernels.h"

#include <math.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>

// The blocks of a packed product: left ones stay in the second cache, a panel of the right one in the first.
#define PACKED_ROWS 252
#define PACKED_DEPTH 256
#define PACKED_COLUMNS 512

int64_t gan_product_scratch(int64_t m, int64_t n, int64_t k) {
  (void)m, (void)n, (void)k;
  return (PACKED_ROWS + PACKED_COLUMNS) * PACKED_DEPTH + 2 * 16;
}

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define NAME(x) x##_v4
#define VECTOR 16
#define VECTOR_WIDTH __attribute__((min_vector_width(512)))
#define TILE_ROWS 12
#define TILE_VECTORS 2
#include "instruction_set.h"
#undef NAME
#undef VECTOR
#undef VECTOR_WIDTH
#undef TILE_ROWS
#undef TILE_VECTORS
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define NAME(x) x##_v3
#define VECTOR 8
#define VECTOR_WIDTH
#define TILE_ROWS 6
#define TILE_VECTORS 2
#include "instruction_set.h"
#undef NAME
#undef VECTOR
#undef VECTOR_WIDTH
#undef TILE_ROWS
#undef TILE_VECTORS
#pragma clang attribute pop

#endif

#define NAME(x) x##_baseline
#define VECTOR 4
#define VECTOR_WIDTH
#define TILE_ROWS 6
#define TILE_VECTORS 2
#include "instruction_set.h"
#undef NAME
#undef VECTOR
#undef VECTOR_WIDTH
#undef TILE_ROWS
#undef TILE_VECTORS

typedef struct {
  void (*tile)(int32_t function, int32_t form, float *d, const float *a, const float *b, const float *c, int64_t count, float parameter);
  float (*reduce)(int32_t reduction, const float *a, int64_t count);
  void (*run_program)(const gan_program *program, float *const *buffers, const gan_key *keys, int64_t block, int64_t first_row, int64_t end_row, int64_t first_piece, int64_t end_piece, int32_t moved, float *place, float *scratch);
  void (*reduce_rows)(int32_t reduction, float *accumulator, const float *rows, int64_t row_count, int64_t columns, int64_t ld);
  void (*set_identity)(int32_t reduction, float *d, int64_t count);
  void (*product)(bool transposeA, bool transposeB, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch);
  void (*packed_product)(bool transposeA, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b, bool accumulate, float *c, int64_t ldc, const gan_beside *beside);
  int64_t panel_columns;
  void (*pack_right_sides)(const gan_product_term *terms, int32_t count, int64_t first, int64_t end, float *packed);
  void (*sum_of_products)(const gan_product_term *terms, int32_t count, int64_t first, int64_t rows, int64_t columns, const float *packed, bool accumulate, float *c, int64_t ldc, const gan_beside *beside, float *scratch);
  void (*winograd_data)(const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first, int64_t end, int64_t first_column, int64_t end_column, float *v, int64_t point_stride);
  void (*winograd_data_transpose)(const gan_convolution *g, const gan_tiles *t, const float *v, int64_t point_stride, int64_t first, int64_t end, float *x, int64_t outputs, const float *y, const float *filter);
  void (*winograd_result)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *m, int64_t point_stride, int64_t first, int64_t end, bool accumulate, float *y, const float *x, const float *filter);
  void (*winograd_result_transpose)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y, int64_t first, int64_t end, bool packed, int64_t rows, float *m, int64_t point_stride);
  void (*winograd_filter)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, bool transpose, const float *filter, int64_t first_column, int64_t end_column, float *u, int64_t point_stride);
  void (*winograd_filter_transpose)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *u, int64_t point_stride, int64_t first_column, int64_t end_column, bool accumulate, float *filter, const gan_filter_terms *terms);
  void (*few_rows_by_transposed)(int64_t m, int64_t n, int64_t k, const float *packed, const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch);
  void (*matrix_vector)(int64_t m, int64_t k, const float *a, int64_t lda, const float *x, bool accumulate, float *y, int64_t y_stride);
  void (*vector_matrix)(int64_t k, int64_t n, const float *x, int64_t x_stride, const float *a, int64_t lda, bool accumulate, float *y);
  void (*product_of_few_terms)(int64_t m, int64_t n, int64_t k, const float *a, int64_t row, int64_t step, const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc);
  void (*copy)(int32_t rank, const int64_t *sizes, float *d, const int64_t *d_strides, const float *s, const int64_t *s_strides);
  void (*scatter_add)(float *d, int64_t d_rows, const float *rows, const uint32_t *indices, int64_t count, int64_t width, int64_t first, int64_t end);
  void (*gather)(float *d, const float *s, int64_t s_rows, const uint32_t *indices, int64_t count, int64_t width);
  void (*gather_patches)(const gan_convolution *g, const float *x, int64_t first, int64_t end, float *patches, int64_t ld);
  void (*scatter_patches)(const gan_convolution *g, float *x, int64_t first, int64_t end, const float *patches, int64_t ld);
  void (*random)(int32_t function, gan_key key, int64_t first, int64_t count, float *d);
  void (*random_words)(gan_key key, uint64_t first, uint32_t *d);
} instruction_set;

#define SET(suffix) \
  { \
    .tile = tile_##suffix, \
    .reduce = reduce_##suffix, \
    .run_program = run_program_##suffix, \
    .reduce_rows = reduce_rows_##suffix, \
    .set_identity = set_identity_##suffix, \
    .product = product_##suffix, \
    .packed_product = packed_product_##suffix, \
    .panel_columns = panel_columns_##suffix, \
    .pack_right_sides = pack_right_sides_##suffix, \
    .sum_of_products = sum_of_products_##suffix, \
    .winograd_data = winograd_data_##suffix, \
    .winograd_data_transpose = winograd_data_transpose_##suffix, \
    .winograd_result = winograd_result_##suffix, \
    .winograd_result_transpose = winograd_result_transpose_##suffix, \
    .winograd_filter = winograd_filter_##suffix, \
    .winograd_filter_transpose = winograd_filter_transpose_##suffix, \
    .few_rows_by_transposed = few_rows_by_transposed_##suffix, \
    .matrix_vector = matrix_vector_##suffix, \
    .vector_matrix = vector_matrix_##suffix, \
    .product_of_few_terms = product_of_few_terms_##suffix, \
    .copy = copy_##suffix, \
    .scatter_add = scatter_add_##suffix, \
    .gather = gather_##suffix, \
    .gather_patches = gather_patches_##suffix, \
    .scatter_patches = scatter_patches_##suffix, \
    .random = random_##suffix, \
    .random_words = random_words_##suffix, \
  }

static const instruction_set sets[] = {
    [GAN_BASELINE] = SET(baseline),
#if defined(__x86_64__)
    [GAN_V3] = SET(v3),
    [GAN_V4] = SET(v4),
#endif
};

int32_t gan_best_instruction_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return GAN_V4;
  if (__builtin_cpu_supports("x86-64-v3")) return GAN_V3;
#endif
  return GAN_BASELINE;
}

static const instruction_set *_Atomic chosen = NULL;

static inline const instruction_set *current(void) {
  const instruction_set *set = __c11_atomic_load(&chosen, __ATOMIC_RELAXED);
  if (__builtin_expect(set == NULL, 0)) {
    set = &sets[gan_best_instruction_set()];
    __c11_atomic_store(&chosen, set, __ATOMIC_RELAXED);
  }
  return set;
}

int32_t gan_use_instruction_set(int32_t set) {
  const int32_t best = gan_best_instruction_set();
  const int32_t taken = set < GAN_BASELINE ? GAN_BASELINE : set > best ? best : set;
  __c11_atomic_store(&chosen, &sets[taken], __ATOMIC_RELAXED);
  return taken;
}

void gan_tile(int32_t function, int32_t form, float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  current()->tile(function, form, d, a, b, c, count, parameter);
}

float gan_reduce(int32_t reduction, const float *a, int64_t count) {
  return current()->reduce(reduction, a, count);
}

void gan_run_program(const gan_program *program, float *const *buffers, const gan_key *keys, int64_t block, int64_t first_row, int64_t end_row, int64_t first_piece, int64_t end_piece, int32_t moved, float *place, float *scratch) {
  current()->run_program(program, buffers, keys, block, first_row, end_row, first_piece, end_piece, moved, place, scratch);
}

void gan_reduce_rows(int32_t reduction, float *accumulator, const float *rows, int64_t row_count, int64_t columns, int64_t ld) {
  current()->reduce_rows(reduction, accumulator, rows, row_count, columns, ld);
}

void gan_set_identity(int32_t reduction, float *d, int64_t count) {
  current()->set_identity(reduction, d, count);
}

void gan_product(bool transposeA, bool transposeB, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch) {
  current()->product(transposeA, transposeB, m, n, k, a, lda, b, ldb, accumulate, c, ldc, scratch);
}

void gan_packed_product(bool transposeA, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b, bool accumulate, float *c, int64_t ldc, const gan_beside *beside) {
  current()->packed_product(transposeA, m, n, k, a, lda, b, accumulate, c, ldc, beside);
}

int64_t gan_panel_columns(void) { return current()->panel_columns; }

void gan_winograd_data(const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first, int64_t end, int64_t first_column, int64_t end_column, float *v, int64_t point_stride) {
  current()->winograd_data(g, t, x, first, end, first_column, end_column, v, point_stride);
}

void gan_winograd_data_transpose(const gan_convolution *g, const gan_tiles *t, const float *v, int64_t point_stride, int64_t first, int64_t end, float *x, int64_t outputs, const float *y, const float *filter) {
  current()->winograd_data_transpose(g, t, v, point_stride, first, end, x, outputs, y, filter);
}

void gan_winograd_result(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *m, int64_t point_stride, int64_t first, int64_t end, bool accumulate, float *y, const float *x, const float *filter) {
  current()->winograd_result(g, t, outputs, m, point_stride, first, end, accumulate, y, x, filter);
}

void gan_winograd_result_transpose(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y, int64_t first, int64_t end, bool packed, int64_t rows, float *m, int64_t point_stride) {
  current()->winograd_result_transpose(g, t, outputs, y, first, end, packed, rows, m, point_stride);
}

void gan_winograd_filter(const gan_convolution *g, const gan_tiles *t, int64_t outputs, bool transpose, const float *filter, int64_t first_column, int64_t end_column, float *u, int64_t point_stride) {
  current()->winograd_filter(g, t, outputs, transpose, filter, first_column, end_column, u, point_stride);
}

void gan_winograd_filter_transpose(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *u, int64_t point_stride, int64_t first_column, int64_t end_column, bool accumulate, float *filter, const gan_filter_terms *terms) {
  current()->winograd_filter_transpose(g, t, outputs, u, point_stride, first_column, end_column, accumulate, filter, terms);
}

void gan_pack_right_sides(const gan_product_term *terms, int32_t count, int64_t first, int64_t end, float *packed) {
  current()->pack_right_sides(terms, count, first, end, packed);
}

void gan_sum_of_products(const gan_product_term *terms, int32_t count, int64_t first, int64_t rows, int64_t columns, const float *packed, bool accumulate, float *c, int64_t ldc, const gan_beside *beside, float *scratch) {
  current()->sum_of_products(terms, count, first, rows, columns, packed, accumulate, c, ldc, beside, scratch);
}

void gan_few_rows_by_transposed(int64_t m, int64_t n, int64_t k, const float *packed, const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch) {
  current()->few_rows_by_transposed(m, n, k, packed, b, ldb, accumulate, c, ldc, scratch);
}

int64_t gan_few_rows_scratch(int64_t m) {
  const int64_t width = (m + GAN_PANEL_COLUMNS - 1) / GAN_PANEL_COLUMNS * GAN_PANEL_COLUMNS;
  return GAN_ROW_GROUP * (width + 2 * (PACKED_DEPTH + 16));
}

void gan_matrix_vector(int64_t m, int64_t k, const float *a, int64_t lda, const float *x, bool accumulate, float *y, int64_t y_stride) {
  current()->matrix_vector(m, k, a, lda, x, accumulate, y, y_stride);
}

void gan_vector_matrix(int64_t k, int64_t n, const float *x, int64_t x_stride, const float *a, int64_t lda, bool accumulate, float *y) {
  current()->vector_matrix(k, n, x, x_stride, a, lda, accumulate, y);
}

void gan_product_of_few_terms(int64_t m, int64_t n, int64_t k, const float *a, int64_t row, int64_t step, const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc) {
  current()->product_of_few_terms(m, n, k, a, row, step, b, ldb, accumulate, c, ldc);
}

void gan_copy(int32_t rank, const int64_t *sizes, float *d, const int64_t *d_strides, const float *s, const int64_t *s_strides) {
  current()->copy(rank, sizes, d, d_strides, s, s_strides);
}

void gan_scatter_add(float *d, int64_t d_rows, const float *rows, const uint32_t *indices, int64_t count, int64_t width, int64_t first, int64_t end) {
  current()->scatter_add(d, d_rows, rows, indices, count, width, first, end);
}

void gan_gather(float *d, const float *s, int64_t s_rows, const uint32_t *indices, int64_t count, int64_t width) {
  current()->gather(d, s, s_rows, indices, count, width);
}

void gan_gather_patches(const gan_convolution *g, const float *x, int64_t first, int64_t end, float *patches, int64_t ld) {
  current()->gather_patches(g, x, first, end, patches, ld);
}

void gan_scatter_patches(const gan_convolution *g, float *x, int64_t first, int64_t end, const float *patches, int64_t ld) {
  current()->scatter_patches(g, x, first, end, patches, ld);
}

void gan_random(int32_t function, gan_key key, int64_t first, int64_t count, float *d) {
  current()->random(function, key, first, count, d);
}

void gan_random_words(gan_key key, uint64_t first, uint32_t *d) { current()->random_words(key, first, d); }

int32_t gan_processor_count(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}
