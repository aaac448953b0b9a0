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
/// The set that the running thread uses.
int32_t gan_instruction_set(void);
/// Takes a lower set than the best one, for the running thread: for tests. Gives the set taken.
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

enum { GAN_SUM = 0, GAN_MAX = 1, GAN_MIN = 2 };

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

// MARK: Products

/// Floats that `gan_product` needs as scratch.
int64_t gan_product_scratch(int64_t m, int64_t n, int64_t k);

/// A packed right side [k, n] lies in panels of columns; it has room in k · n floats, n rounded up to a multiple of this.
enum { GAN_PANEL_COLUMNS = 32 };

/// What a product is to prefetch while it works: matrices of which the same elements will be read or written next. Each begins where the
/// first element of the result is in it; `leading` is their leading dimension.
typedef struct {
  const float *const *matrices;
  int64_t count;
  int64_t leading;
} gan_prefetch;

/// One product of a sum of them: left [m, k] with rows `left_leading` apart, or [k, m] if `transpose_left`; right [k, n] likewise.
typedef struct {
  const float *left, *right;
  int64_t left_leading, right_leading;
  int64_t k;
  bool transpose_left, transpose_right;
} gan_product_term;

/// Floats that `gan_few_rows_by_transposed` needs as scratch, and the rows of B that it takes at a time.
int64_t gan_few_rows_scratch(int64_t m);
enum { GAN_ROW_GROUP = 48 };

/// The most terms of `gan_product_of_few_terms`.
enum { GAN_FEW_TERMS = 3 };

// MARK: Convolutions

/// The sizes of a convolution: x [n, height, width, channels], y [n, out_height, out_width, …].
typedef struct {
  int64_t height, width, channels;
  int64_t out_height, out_width;
  int64_t kernel_height, kernel_width;
  int64_t stride_y, stride_x;
  int64_t before_y, before_x;
} gan_convolution;

/// The tiles of Winograd's convolution along one axis: `count` of them side by side from output `first` on, each of `outputs` outputs, of a
/// convolution that has `taps` taps in each phase. In the Winograd domain a tile has outputs + taps − 1 points, 3 to 5.
typedef struct {
  int64_t outputs, taps, first, count;
} gan_tile_axis;

/// A set of tiles. Channels and outputs are multiples of 16. With P points, T tiles and D = stride_y · stride_x · channels, the Winograd
/// domain is P matrices of data [T, D], of the filter [D, outputs] and of products [T, outputs], each `point_stride` from the next; for each
/// point, products = data · filter. A column of the data is a phase and a channel.
typedef struct {
  gan_tile_axis y, x;
} gan_tiles;

/// What a filter gradient is summed over: `count` pairs of inputs x and output gradients y, of so many images each.
typedef struct {
  int64_t count, images;
  const float *const *x;
  const float *const *y;
} gan_filter_terms;

// MARK: Chance

/// How many blocks `gan_random_words` gives, of four words each.
#define GAN_RANDOM_BLOCKS 16

// MARK: Kernels

#define KERNEL(result, name, parameters, arguments) result gan_##name parameters;
#include "../kernel_list.h"

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
