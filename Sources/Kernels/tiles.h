// Functions over tiles, and their reductions. Included once for each instruction set.

typedef void (*NAME(function))(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter);

// A destination may be one of its operands, element for element; it never overlaps one otherwise.
#define PRAGMA(text) _Pragma(#text)
#define WIDE(width) PRAGMA(clang loop vectorize(assume_safety) vectorize_width(width) interleave(enable))
#define LOOP WIDE(VECTOR) for (int64_t i = 0; i < count; i++)

#define UNARY(name, expression)                                                                                    \
  VECTOR_WIDTH static void NAME(name##_tile)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) { \
    (void)b, (void)c, (void)parameter;                                                                              \
    LOOP {                                                                                                          \
      const float x = a[i];                                                                                         \
      d[i] = (expression);                                                                                          \
    }                                                                                                               \
  }

/// The three forms of a function of two numbers: both sides vectors, the right one a number, the left one a number.
#define FORMS(attribute, EACH, name, expression)                                                                    \
  attribute static void NAME(name##_tiles)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) { \
    (void)c, (void)parameter;                                                                                       \
    EACH {                                                                                                          \
      const float x = a[i], y = b[i];                                                                               \
      d[i] = (expression);                                                                                          \
    }                                                                                                               \
  }                                                                                                                 \
  attribute static void NAME(name##_scalar_b)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) { \
    (void)c, (void)parameter;                                                                                       \
    const float y = *b;                                                                                             \
    EACH {                                                                                                          \
      const float x = a[i];                                                                                         \
      d[i] = (expression);                                                                                          \
    }                                                                                                               \
  }                                                                                                                 \
  attribute static void NAME(name##_scalar_a)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) { \
    (void)c, (void)parameter;                                                                                       \
    const float x = *a;                                                                                             \
    EACH {                                                                                                          \
      const float y = b[i];                                                                                         \
      d[i] = (expression);                                                                                          \
    }                                                                                                               \
  }

#define BINARY(name, expression) FORMS(VECTOR_WIDTH, LOOP, name, expression)
#define SERIAL_BINARY(name, expression) FORMS(, for (int64_t i = 0; i < count; i++), name, expression)

UNARY(copy, x)
UNARY(sine_near, NAME(sine)(x, 0))
UNARY(cosine_near, NAME(sine)(x, 1))

// Two functions in one pass: c is the other operand of the second.
BINARY(add_relu, x + y < 0.0f ? 0.0f : x + y)
BINARY(add_leaky_relu, x + y > 0.0f ? x + y : parameter * (x + y))
BINARY(multiply_add, x * y + c[i])

#define UNARY_LOOP(name)
#define BINARY_LOOP(name)
#include "functions.h"

/// Whether all numbers are small enough for the vector code of sine and cosine.
static bool NAME(are_small_angles)(const float *a, int64_t count) {
  int32_t large = 0;
  for (int64_t i = 0; i < count; i++) large |= !(fabsf(a[i]) < LARGEST_ANGLE);
  return large == 0;
}

static void NAME(sin_tile)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  if (NAME(are_small_angles)(a, count)) {
    NAME(sine_near_tile)(d, a, b, c, count, parameter);
  } else {
    for (int64_t i = 0; i < count; i++) d[i] = sinf(a[i]);
  }
}

static void NAME(cos_tile)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  if (NAME(are_small_angles)(a, count)) {
    NAME(cosine_near_tile)(d, a, b, c, count, parameter);
  } else {
    for (int64_t i = 0; i < count; i++) d[i] = cosf(a[i]);
  }
}

static void NAME(power_tiles)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  (void)c, (void)parameter;
  for (int64_t i = 0; i < count; i++) d[i] = powf(a[i], b[i]);
}

static void NAME(power_scalar_b)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  const float y = *b;
  if (y == 1.0f) {
    NAME(copy_tile)(d, a, b, c, count, parameter);
  } else if (y == 2.0f) {
    NAME(square_tile)(d, a, b, c, count, parameter);
  } else if (y == -1.0f) {
    NAME(reciprocal_tile)(d, a, b, c, count, parameter);
  } else if (y == 3.0f) {
    LOOP d[i] = a[i] * a[i] * a[i];
  } else {
    for (int64_t i = 0; i < count; i++) d[i] = powf(a[i], y);
  }
}

static void NAME(power_scalar_a)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  (void)c, (void)parameter;
  const float x = *a;
  for (int64_t i = 0; i < count; i++) d[i] = powf(x, b[i]);
}

static void NAME(select_tile)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  (void)parameter;
  LOOP d[i] = a[i] != 0.0f ? b[i] : c[i];
}

static void NAME(spread_tile)(float *d, const float *a, const float *b, const float *c, int64_t count, float parameter) {
  (void)b, (void)c, (void)parameter;
  const float x = *a;
  LOOP d[i] = x;
}

VECTOR_WIDTH static void NAME(leaky_step_multiply_tile)(float *d, const float *a, const float *b, const float *c, int64_t count,
                                                        float parameter) {
  (void)b;
  LOOP d[i] = c[i] * (a[i] > 0.0f ? 1.0f : parameter);
}

#define ONE(name) {NAME(name##_tile), NAME(name##_tile), NAME(name##_tile)}
#define TWO(name) {NAME(name##_tiles), NAME(name##_scalar_b), NAME(name##_scalar_a)}

static const NAME(function) NAME(functions)[GAN_FUNCTION_COUNT][3] = {
#define UNARY(name, formula) [gan_code_##name] = ONE(name),
#define UNARY_LOOP(name) [gan_code_##name] = ONE(name),
#define BINARY(name, formula) [gan_code_##name] = TWO(name),
#define SERIAL_BINARY(name, formula) [gan_code_##name] = TWO(name),
#define BINARY_LOOP(name) [gan_code_##name] = TWO(name),
#include "functions.h"
    [GAN_COPY] = ONE(copy), [GAN_SELECT] = ONE(select), [GAN_SPREAD] = ONE(spread),
};

static const NAME(function) NAME(pairs)[GAN_PAIR_COUNT][3] = {
    [GAN_PAIR_ADD_RELU] = TWO(add_relu), [GAN_PAIR_ADD_LEAKY_RELU] = TWO(add_leaky_relu),
    [GAN_PAIR_LEAKY_STEP_MULTIPLY] = ONE(leaky_step_multiply),
    [GAN_PAIR_MULTIPLY_ADD] = TWO(multiply_add),
};

static void NAME(tile)(int32_t function, int32_t form, float *d, const float *a, const float *b, const float *c, int64_t count,
                       float parameter) {
  NAME(functions)[function][form](d, a, b, c, count, parameter);
}

// MARK: Reductions

#define LANES 64

/// One number from LANES, halving.
#define FOLD(lanes, combine)                                                 \
  for (int64_t width = LANES / 2; width > 0; width /= 2)                     \
    for (int64_t i = 0; i < width; i++) lanes[i] = combine(lanes[i], lanes[i + width]);

#define PLUS(a, b) ((a) + (b))

#define REDUCE(name, combine, identity)                                       \
  static float NAME(name)(const float *a, int64_t count) {                   \
    if (count < LANES) {                                                      \
      float result = identity;                                                \
      for (int64_t i = 0; i < count; i++) result = combine(result, a[i]);     \
      return result;                                                          \
    }                                                                         \
    float lanes[LANES];                                                       \
    for (int64_t i = 0; i < LANES; i++) lanes[i] = a[i];                      \
    int64_t start = LANES;                                                    \
    for (; start + LANES <= count; start += LANES)                            \
      for (int64_t i = 0; i < LANES; i++) lanes[i] = combine(lanes[i], a[start + i]); \
    for (int64_t i = 0; start + i < count; i++) lanes[i] = combine(lanes[i], a[start + i]); \
    FOLD(lanes, combine)                                                      \
    return lanes[0];                                                          \
  }

REDUCE(sum, PLUS, 0.0f)
REDUCE(greatest, NAME(greater_of), -INFINITY)
REDUCE(smallest, NAME(smaller_of), INFINITY)

static float NAME(reduce)(int32_t reduction, const float *a, int64_t count) {
  switch (reduction) {
    case GAN_SUM: return NAME(sum)(a, count);
    case GAN_MAX: return NAME(greatest)(a, count);
    default: return NAME(smallest)(a, count);
  }
}

static inline float NAME(combined)(int32_t reduction, float a, float b) {
  switch (reduction) {
    case GAN_SUM: return a + b;
    case GAN_MAX: return NAME(greater_of)(a, b);
    default: return NAME(smaller_of)(a, b);
  }
}

/// accumulator[j] = accumulator[j] ∘ (row 0 [j] ∘ row 1 [j] ∘ …): a strip of columns at a time, kept in registers.
#define STRIP 32
#define REDUCE_ROWS(name, combine)                                                                                     \
  static void NAME(name)(float *restrict accumulator, const float *restrict a, int64_t rows, int64_t columns, int64_t ld) { \
    int64_t j = 0;                                                                                                     \
    for (; j + STRIP <= columns; j += STRIP) {                                                                         \
      float strip[STRIP];                                                                                              \
      for (int64_t i = 0; i < STRIP; i++) strip[i] = a[j + i];                                                         \
      for (int64_t r = 1; r < rows; r++)                                                                               \
        for (int64_t i = 0; i < STRIP; i++) strip[i] = combine(strip[i], a[r * ld + j + i]);                           \
      for (int64_t i = 0; i < STRIP; i++) accumulator[j + i] = combine(accumulator[j + i], strip[i]);                  \
    }                                                                                                                  \
    for (; j < columns; j++) {                                                                                         \
      float value = a[j];                                                                                              \
      for (int64_t r = 1; r < rows; r++) value = combine(value, a[r * ld + j]);                                        \
      accumulator[j] = combine(accumulator[j], value);                                                                 \
    }                                                                                                                  \
  }

REDUCE_ROWS(sum_rows, PLUS)
REDUCE_ROWS(greatest_rows, NAME(greater_of))
REDUCE_ROWS(smallest_rows, NAME(smaller_of))

static void NAME(reduce_rows)(int32_t reduction, float *accumulator, const float *a, int64_t rows, int64_t columns, int64_t ld) {
  switch (reduction) {
    case GAN_SUM: NAME(sum_rows)(accumulator, a, rows, columns, ld); break;
    case GAN_MAX: NAME(greatest_rows)(accumulator, a, rows, columns, ld); break;
    default: NAME(smallest_rows)(accumulator, a, rows, columns, ld); break;
  }
}
