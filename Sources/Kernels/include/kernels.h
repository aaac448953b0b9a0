/// The inner loops of the engine: functions over tiles, reductions, products, movement, chance.
///
/// One source, compiled for several instruction sets; the best one the processor has is taken at the first call. Results are
/// the same from run to run and do not depend on how work is cut over threads; they may differ in the last bits between
/// instruction sets.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// MARK: Instruction sets

enum { GAN_BASELINE = 0, GAN_V3 = 1, GAN_V4 = 2 };

/// The best instruction set of this processor: GAN_V4 (AVX-512), GAN_V3 (AVX2 and FMA) or GAN_BASELINE.
int32_t gan_best_instruction_set(void);
/// Takes a lower set than the best one: for tests. Gives the set taken.
int32_t gan_use_instruction_set(int32_t set);

// MARK: Tile functions

/// d[i] = f(a[i], b[i], c[i]). A function of one number takes `a`, of two `a` and `b`. With SCALAR_A or SCALAR_B the operand
/// is one number for all i. `d` may be one of the operands, else overlaps none.
enum {
#define UNARY(name, formula) gan_code_##name,
#define UNARY_LOOP(name) gan_code_##name,
#define BINARY(name, formula)
#define SERIAL_BINARY(name, formula)
#define BINARY_LOOP(name)
#include "../functions.h"
  GAN_UNARY_END,
  GAN_UNARY_LAST = GAN_UNARY_END - 1,
#define UNARY(name, formula)
#define UNARY_LOOP(name)
#define BINARY(name, formula) gan_code_##name,
#define SERIAL_BINARY(name, formula) gan_code_##name,
#define BINARY_LOOP(name) gan_code_##name,
#include "../functions.h"
  GAN_BINARY_END,
  /// a[i].
  GAN_COPY = GAN_BINARY_END,
  /// c[i] where a[i] is 0, else b[i].
  GAN_SELECT,
  /// a[i] everywhere: one number spread over a tile.
  GAN_SPREAD,
  /// The numbers of a random draw; see `gan_random`.
  GAN_UNIFORM, GAN_NORMAL, GAN_TRUNCATED_NORMAL,
  GAN_FUNCTION_COUNT
};

// Enums of Swift, whose cases have the names of the rows and whose raw values are the codes. Closed: a `switch` over one needs every case.
#define GAN_SWIFT_ENUM __attribute__((enum_extensibility(closed))) : uint8_t
#define GAN_SWIFT_CASE(kind, name) gan_##kind##_##name __attribute__((swift_name(#name))) = gan_code_##name,

typedef enum GAN_SWIFT_ENUM {
#define UNARY(name, formula) GAN_SWIFT_CASE(unary, name)
#define UNARY_LOOP(name) GAN_SWIFT_CASE(unary, name)
#define BINARY(name, formula)
#define SERIAL_BINARY(name, formula)
#define BINARY_LOOP(name)
#include "../functions.h"
} gan_unary_function;

typedef enum GAN_SWIFT_ENUM {
#define UNARY(name, formula)
#define UNARY_LOOP(name)
#define BINARY(name, formula) GAN_SWIFT_CASE(binary, name)
#define SERIAL_BINARY(name, formula) GAN_SWIFT_CASE(binary, name)
#define BINARY_LOOP(name) GAN_SWIFT_CASE(binary, name)
#include "../functions.h"
} gan_binary_function;

/// How the operands of a function of two numbers are given.
enum { GAN_BOTH_VECTORS = 0, GAN_SCALAR_B = 1, GAN_SCALAR_A = 2 };

/// One function over `count` numbers.
void gan_tile(int32_t function, int32_t form, float *d, const float *a, const float *b, const float *c, int64_t count,
              float parameter);

enum { GAN_SUM = 0, GAN_MAX = 1, GAN_MIN = 2 };

/// The reduction of `count` numbers in a fixed order; of none, its identity (0, −∞, +∞). NaN wins in maxima and minima.
float gan_reduce(int32_t reduction, const float *a, int64_t count);

// MARK: Tile programs

/// A program over an iteration space of `rank` axes (row-major; at least one axis), run tile by tile: operands are loaded,
/// functions run over tile registers, results stored or reduced, all in cache.
///
/// A tile is a run of whole rows (of the last axis), or a piece of one row where rows are longer than `tile`.
enum { GAN_MAXIMUM_RANK = 24, GAN_MAXIMUM_SLOTS = 512 };

/// Where an operand comes from. Slots are numbered: each is a register of one tile, memory, or one number.
typedef struct {
  int32_t kind;      // One of GAN_LOAD_…
  int32_t slot;      // The slot it appears in.
  int32_t buffer;    // Index of its memory in the `buffers` of the run.
  int32_t reserved;
  int64_t offset;    // Of its first number there.
  int64_t strides[GAN_MAXIMUM_RANK];  // Along the axes of the space.
} gan_load;

enum {
  GAN_LOAD_DIRECT,     // Lies in memory in the order of the space: no copy.
  GAN_LOAD_ROW,        // Tiles are pieces of one row, and lie in memory (or are one number there): no copy.
  GAN_LOAD_PERIODIC,   // The same numbers for every row of a tile: copied once a run.
  GAN_LOAD_STRIDED,    // Copied for each tile.
  GAN_LOAD_SCALAR,     // One number.
};

typedef struct {
  int32_t function;
  int32_t form;
  int32_t destination, a, b, c;  // Slots; -1 for none.
  int32_t key;                   // Of a random function: index in the `keys` of the run.
  float parameter;
  int32_t pair;   // One of GAN_PAIR_…: this instruction and the next one, which alone reads its result, are done in one pass.
  int32_t other;  // The next one's other operand; -1 for none.
  float pair_parameter;
} gan_instruction;

/// Instructions that are done together with the next one.
enum {
  GAN_NO_PAIR, GAN_PAIR_ADD_RELU, GAN_PAIR_ADD_LEAKY_RELU, GAN_PAIR_LEAKY_STEP_MULTIPLY, GAN_PAIR_MULTIPLY_ADD,
  GAN_PAIR_COUNT
};

/// A slot kept in memory, in the order of the space.
typedef struct {
  int32_t slot;
  int32_t buffer;
} gan_store;

/// A slot reduced into accumulators: strides are 0 along the axes that are reduced.
typedef struct {
  int32_t reduction;
  int32_t slot;
  int32_t buffer;
  /// Whether each block of the run has accumulators of its own (to be combined later): block · count numbers into the buffer,
  /// set to the identity by the run. Else blocks fall on different ones, set beforehand.
  int32_t is_partial;
  int64_t count;
  int64_t strides[GAN_MAXIMUM_RANK];
} gan_reduction;

typedef struct {
  uint64_t seed, stream;
} gan_key;

typedef struct {
  int32_t rank;
  int32_t slot_count;
  int32_t register_count;  // Slots 0 ..< register_count are registers of `tile` numbers each.
  int32_t load_count, instruction_count, store_count, reduction_count;
  int32_t reserved;
  int64_t sizes[GAN_MAXIMUM_RANK];
  int64_t columns;    // The last size.
  int64_t tile;       // The greatest count of a tile: tile_rows · piece, rounded up to whole vectors.
  int64_t tile_rows;  // Rows of a tile; 1 where rows are cut.
  int64_t piece;      // Columns of a tile; all of them where rows are not cut.
  const gan_load *loads;
  const gan_instruction *instructions;
  const gan_store *stores;
  const gan_reduction *reductions;
} gan_program;

/// Runs the tiles of rows first_row ..< end_row and of pieces first_piece ..< end_piece of each row. The buffer `moved` (−1 for none) is read
/// from `place` on instead. `scratch` has room for register_count · tile floats, and is aligned to 64 bytes.
void gan_run_program(const gan_program *program, float *const *buffers, const gan_key *keys, int64_t block, int64_t first_row,
                     int64_t end_row, int64_t first_piece, int64_t end_piece, int32_t moved, float *place, float *scratch);

/// accumulator[j] = accumulator[j] ∘ rows[0, j] ∘ rows[1, j] ∘ …; rows lie `ld` apart.
void gan_reduce_rows(int32_t reduction, float *accumulator, const float *rows, int64_t row_count, int64_t columns, int64_t ld);
/// count numbers, each the identity of the reduction.
void gan_set_identity(int32_t reduction, float *d, int64_t count);

// MARK: Products

/// C = A·B (+ C if `accumulate`), row-major; A is [m, k] with rows `lda` apart, or [k, m] if `transposeA`; B likewise.
/// `scratch` has room for gan_product_scratch(m, n, k) floats.
void gan_product(bool transposeA, bool transposeB, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b,
                 int64_t ldb, bool accumulate, float *c, int64_t ldc, float *scratch);
int64_t gan_product_scratch(int64_t m, int64_t n, int64_t k);

/// A packed right side [k, n] lies in panels of columns; it has room in k · n floats, n rounded up to a multiple of this.
enum { GAN_PANEL_COLUMNS = 32 };
/// The columns of a panel in this instruction set: a divisor of it.
int64_t gan_panel_columns(void);

/// Matrices beside a result, of which the same places will be read or written next: where they have its first number; rows lie
/// `leading` apart.
typedef struct {
  const float *const *matrices;
  int64_t count;
  int64_t leading;
} gan_beside;

/// C = A·B (+ C if `accumulate`), with A as it lies and B packed. What lies `beside` C (or NULL) is asked for meanwhile.
void gan_packed_product(bool transposeA, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b,
                        bool accumulate, float *c, int64_t ldc, const gan_beside *beside);

/// One product of a sum of them: left [m, k] with rows `left_leading` apart, or [k, m] if `transpose_left`; right [k, n] likewise.
typedef struct {
  const float *left, *right;
  int64_t left_leading, right_leading;
  int64_t k;
  bool transpose_left, transpose_right;
} gan_product_term;

/// Columns first ..< end of the right sides, packed one below the other; `first` is a multiple of GAN_PANEL_COLUMNS, `packed` where
/// these columns go: first · Σ k behind the beginning.
void gan_pack_right_sides(const gan_product_term *terms, int32_t count, int64_t first, int64_t end, float *packed);
/// C = Σ left · right (+ C if `accumulate`) for `rows` rows from `first` on and `columns` columns, whose right sides are `packed`. What
/// lies `beside` C (or NULL) is asked for meanwhile. `scratch` has room for rows · Σ k floats (rows rounded up to a multiple of 12),
/// and 16 more.
void gan_sum_of_products(const gan_product_term *terms, int32_t count, int64_t first, int64_t rows, int64_t columns,
                         const float *packed, bool accumulate, float *c, int64_t ldc, const gan_beside *beside, float *scratch);

/// C [m, n] = A·Bᵀ (+ C if `accumulate`) for few rows: Aᵀ [k, m] is packed as a right side, B [n, k] as it lies, with rows `ldb` apart; k is
/// a multiple of 16. `scratch` has room for gan_few_rows_scratch(m) floats. Rows of B are taken GAN_ROW_GROUP at a time.
void gan_few_rows_by_transposed(int64_t m, int64_t n, int64_t k, const float *packed, const float *b, int64_t ldb, bool accumulate,
                                float *c, int64_t ldc, float *scratch);
int64_t gan_few_rows_scratch(int64_t m);
enum { GAN_ROW_GROUP = 48 };

/// y[i] = Σ_j a[i, j] x[j] (+ y[i] if `accumulate`), rows of a `lda` apart.
void gan_matrix_vector(int64_t m, int64_t k, const float *a, int64_t lda, const float *x, bool accumulate, float *y,
                       int64_t y_stride);
/// y[j] = Σ_i x[i] a[i, j] (+ y[j] if `accumulate`).
void gan_vector_matrix(int64_t k, int64_t n, const float *x, int64_t x_stride, const float *a, int64_t lda, bool accumulate,
                       float *y);
/// C [m, n] = A·B (+ C if `accumulate`) for k terms, from 1 to GAN_FEW_TERMS; a row of A is `row` apart from the next, a column
/// `step`; rows of B lie `ldb` apart.
void gan_product_of_few_terms(int64_t m, int64_t n, int64_t k, const float *a, int64_t row, int64_t step, const float *b, int64_t ldb,
                              bool accumulate, float *c, int64_t ldc);
enum { GAN_FEW_TERMS = 3 };

// MARK: Movement

/// d[i…] = s[i…] over `sizes`, both with strides of their own.
void gan_copy(int32_t rank, const int64_t *sizes, float *d, const int64_t *d_strides, const float *s, const int64_t *s_strides);

/// Adds each of the `count` rows of `rows` (of `width` numbers) to the row of `d` that `indices` names, in their order.
/// Rows outside 0 ..< d_rows are left out; columns first ..< end only.
void gan_scatter_add(float *d, int64_t d_rows, const float *rows, const uint32_t *indices, int64_t count, int64_t width,
                     int64_t first, int64_t end);
/// The rows of `s` that `indices` names; NaN where there is no such row.
void gan_gather(float *d, const float *s, int64_t s_rows, const uint32_t *indices, int64_t count, int64_t width);

/// The sizes of a convolution: x [n, height, width, channels], y [n, out_height, out_width, …].
typedef struct {
  int64_t height, width, channels;
  int64_t out_height, out_width;
  int64_t kernel_height, kernel_width;
  int64_t stride_y, stride_x;
  int64_t before_y, before_x;
} gan_convolution;

/// Patches of x, a row for each output position first ..< end (counted over n, out_height, out_width), each with
/// kernel_height · kernel_width · channels columns; rows lie `ld` apart. Zeros outside of x.
void gan_gather_patches(const gan_convolution *g, const float *x, int64_t first, int64_t end, float *patches, int64_t ld);
/// The transpose of it: adds patches to where they came from.
void gan_scatter_patches(const gan_convolution *g, float *x, int64_t first, int64_t end, const float *patches, int64_t ld);

// MARK: Convolutions by tiles

/// Along one axis: tiles of `outputs` results each, side by side from `first` on, of a convolution that has `taps` taps in each
/// phase. A tile has outputs + taps − 1 points, 3 to 5.
typedef struct {
  int64_t outputs, taps, first, count;
} gan_tile_axis;

/// A set of tiles, and what a convolution is at their points. Channels and outputs are multiples of 16. With P points, T tiles,
/// D = stride_y · stride_x · channels: the data are P matrices [T, D], the filter [D, outputs], results [T, outputs],
/// each `point_stride` from the next. At each point, results = data · filter. A column of the data is a phase and a channel.
typedef struct {
  gan_tile_axis y, x;
} gan_tiles;

/// What a derivative by the filter is summed over: `count` pairs of x and y, of so many images each.
typedef struct {
  int64_t count, images;
  const float *const *x;
  const float *const *y;
} gan_filter_terms;

// Where a result would not be finite, it is worked out the plain way, from what it was made of before the points: what is not finite
// spreads no farther than in a convolution without tiles.

/// x at the points, for the tiles of images first ..< end (those of image `first` are the first rows), and some columns.
void gan_winograd_data(const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first, int64_t end,
                       int64_t first_column, int64_t end_column, float *v, int64_t point_stride);
/// The transpose of it, of all columns: adds to x. The data are those of y and of the filter.
void gan_winograd_data_transpose(const gan_convolution *g, const gan_tiles *t, const float *v, int64_t point_stride, int64_t first,
                                 int64_t end, float *x, int64_t outputs, const float *y, const float *filter);
/// The results y, of their values at the points, which are those of x and of the filter.
void gan_winograd_result(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *m, int64_t point_stride,
                         int64_t first, int64_t end, bool accumulate, float *y, const float *x, const float *filter);
/// The transpose of it; `packed` as the right side of a product of `rows` tiles, of which these are some.
void gan_winograd_result_transpose(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y, int64_t first,
                                   int64_t end, bool packed, int64_t rows, float *m, int64_t point_stride);
/// Some rows of the filter [D, outputs] at the points, from a multiple of 16 on, packed as the right side of a product; as columns
/// of its transpose [outputs, D] if `transpose`.
void gan_winograd_filter(const gan_convolution *g, const gan_tiles *t, int64_t outputs, bool transpose, const float *filter,
                         int64_t first_column, int64_t end_column, float *u, int64_t point_stride);
/// The transpose of it, of some rows of matrices [D, outputs] that are not packed, and are sums over `terms`.
void gan_winograd_filter_transpose(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *u,
                                   int64_t point_stride, int64_t first_column, int64_t end_column, bool accumulate,
                                   float *filter, const gan_filter_terms *terms);

// MARK: Chance

/// Numbers first ..< first + count of a draw: see Distribution.swift. `function` is GAN_UNIFORM, GAN_NORMAL or
/// GAN_TRUNCATED_NORMAL.
void gan_random(int32_t function, gan_key key, int64_t first, int64_t count, float *d);

/// How many blocks `gan_random_words` gives, of four words each.
#define GAN_RANDOM_BLOCKS 16
/// The words of the blocks with counters (low, high of first + i; stream), block after block.
void gan_random_words(gan_key key, uint64_t first, uint32_t *d);

// MARK: Threads

/// The processors this process may use; 0 if the system does not say.
int32_t gan_processor_count(void);

/// Tells the processor that this thread is waiting in a loop.
static inline void gan_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
