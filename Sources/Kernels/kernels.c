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

/// The kernels of one instruction set.
typedef struct {
#define KERNEL(result, name, parameters, arguments) result(*name) parameters;
#include "kernel_list.h"
} instruction_set;

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

static const instruction_set *const sets[] = {
    [GAN_BASELINE] = &kernels_baseline,
#if defined(__x86_64__)
    [GAN_V3] = &kernels_v3,
    [GAN_V4] = &kernels_v4,
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

static _Thread_local const instruction_set *chosen __attribute__((tls_model("initial-exec"))) = NULL;

static inline const instruction_set *current(void) {
  if (__builtin_expect(chosen == NULL, 0)) chosen = sets[gan_best_instruction_set()];
  return chosen;
}

int32_t gan_instruction_set(void) {
  const instruction_set *set = current();
  int32_t number = GAN_BASELINE;
  while (sets[number] != set) number++;
  return number;
}

int32_t gan_use_instruction_set(int32_t set) {
  const int32_t best = gan_best_instruction_set();
  const int32_t taken = set < GAN_BASELINE ? GAN_BASELINE : set > best ? best : set;
  chosen = sets[taken];
  return taken;
}

#define KERNEL(result, name, parameters, arguments) result gan_##name parameters { return current()->name arguments; }
#include "kernel_list.h"

int64_t gan_few_rows_scratch(int64_t m) {
  const int64_t width = (m + GAN_PANEL_COLUMNS - 1) / GAN_PANEL_COLUMNS * GAN_PANEL_COLUMNS;
  return GAN_ROW_GROUP * (width + 2 * (PACKED_DEPTH + 16));
}

int32_t gan_processor_count(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}
