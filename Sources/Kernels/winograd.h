// Convolutions by Winograd's minimal filtering (Winograd 1980; Lavin and Gray 2016): what the three transforms share. A small tile of the
// output is interpolated from its values at a few points; in that domain (the Winograd domain) the convolution is one matrix product for
// each point, over all tiles and channels.
//
// An axis of stride s is split into s phases, each a convolution of stride 1 with r = ⌈kernel / s⌉ taps. A tile of m outputs needs
// n = m + r − 1 inputs of each phase: y = Eₘᵀ [(Gᵣ w) ⊙ (Bₙᵀ d)], where E evaluates a polynomial at the n points 0, 1, −1 (from n = 4 on),
// 2 (if n is 5) and ∞, G is E with each row divided by a factor of its point, and B is the inverse transpose of E times that factor.
// (Lavin and Gray call E A.) The gradients are made of the adjoints, the transposes of these three maps. With five points results are exact
// to some 1e-5 of the largest one, with four to 1e-6.
//
// All outputs of a tile are sums of the same values, so one number that is not finite, or so large that a sum overflows, spoils them all.
// It cannot hide: some output is not finite then. Where that is seen, the tile is computed directly (winograd_direct.h).
//
// Included once for each instruction set.

#define VECTORS NAME(vector)

enum { NAME(largest_tile) = 5 };

/// v = Bᵀ d: a line of n inputs into the Winograd domain. Elements of both are `step` vectors apart.
INLINE void NAME(input_line)(int64_t n, const VECTORS *d, VECTORS *v, int64_t step) {
  const VECTORS d0 = d[0], d1 = d[step], d2 = d[2 * step];
  if (n == 3) {
    v[0] = d0 - d1, v[step] = d1, v[2 * step] = d2 - d1;
  } else if (n == 4) {
    const VECTORS d3 = d[3 * step];
    v[0] = d0 - d2, v[step] = d1 + d2, v[2 * step] = d2 - d1, v[3 * step] = d3 - d1;
  } else {
    const VECTORS d3 = d[3 * step], d4 = d[4 * step], difference = d3 - d1;
    v[0] = 2.0f * (d0 - d2) + difference, v[step] = (d1 + d2) - difference, v[2 * step] = 3.0f * (d2 - d1) - difference;
    v[3 * step] = difference, v[4 * step] = (d4 - d2) - 2.0f * difference;
  }
}

/// d = B v: its adjoint, for the input gradient.
INLINE void NAME(input_adjoint_line)(int64_t n, const VECTORS *v, VECTORS *d, int64_t step) {
  const VECTORS v0 = v[0], v1 = v[step], v2 = v[2 * step];
  if (n == 3) {
    d[0] = v0, d[step] = v1 - v0 - v2, d[2 * step] = v2;
  } else if (n == 4) {
    const VECTORS v3 = v[3 * step];
    d[0] = v0, d[step] = v1 - v2 - v3, d[2 * step] = v1 + v2 - v0, d[3 * step] = v3;
  } else {
    const VECTORS v3 = v[3 * step], v4 = v[4 * step], difference = v0 - v1 - v2 + v3 - 2.0f * v4;
    d[0] = 2.0f * v0, d[step] = v1 - 3.0f * v2 - difference, d[2 * step] = v1 + 3.0f * v2 - 2.0f * v0 - v4;
    d[3 * step] = difference, d[4 * step] = v4;
  }
}

/// e = E x: a polynomial of `q` coefficients evaluated at the n points. (The filter, and the adjoint of the output transform.)
INLINE void NAME(evaluate)(int64_t n, int64_t q, const VECTORS *x, VECTORS *e, int64_t step) {
  VECTORS even = x[0], odd = {0};
  const VECTORS first = x[0], last = x[(q - 1) * step];
  for (int64_t i = 1; i < q; i++)
    if (i & 1) odd += x[i * step]; else even += x[i * step];
  e[0] = first, e[step] = even + odd;
  if (n >= 4) e[2 * step] = even - odd;
  if (n == 5) {
    VECTORS at_two = last;
    for (int64_t i = q - 2; i >= 0; i--) at_two = 2.0f * at_two + x[i * step];
    e[3 * step] = at_two;
  }
  e[(n - 1) * step] = last;
}

/// x = Eᵀ e: its adjoint. (The output transform, and the filter gradient.)
INLINE void NAME(interpolate)(int64_t n, int64_t q, const VECTORS *e, VECTORS *x, int64_t step) {
  const VECTORS first = e[0], last = e[(n - 1) * step], at_one = e[step], at_minus_one = n >= 4 ? e[2 * step] : (VECTORS){0};
  const VECTORS at_two = n == 5 ? e[3 * step] : (VECTORS){0};
  for (int64_t i = 0; i < q; i++) {
    VECTORS sum = i & 1 ? at_one - at_minus_one : at_one + at_minus_one;
    if (n == 5) sum += (float)(1 << i) * at_two;
    if (i == 0) sum += first;
    if (i == q - 1) sum += last;
    x[i * step] = sum;
  }
}

/// By what a filter's values are divided: the factors that make G of E.
static const float NAME(point_factors)[NAME(largest_tile) + 1][NAME(largest_tile)] = {
    [3] = {1.0f, 1.0f, 1.0f}, [4] = {1.0f, 0.5f, 0.5f, 1.0f}, [5] = {0.5f, 0.5f, 1.0f / 6, 1.0f / 6, 1.0f}};

enum { NAME(input_map), NAME(input_adjoint_map), NAME(evaluate_map), NAME(interpolate_map) };

INLINE void NAME(map_line)(int map, int64_t n, int64_t q, const VECTORS *s, VECTORS *d, int64_t step) {
  switch (map) {
    case NAME(input_map): NAME(input_line)(n, s, d, step); break;
    case NAME(input_adjoint_map): NAME(input_adjoint_line)(n, s, d, step); break;
    case NAME(evaluate_map): NAME(evaluate)(n, q, s, d, step); break;
    default: NAME(interpolate)(n, q, s, d, step); break;
  }
}

/// One map along both axes of a square of vectors (rows `largest_tile` apart), in place. `qy` and `qx` are the numbers of polynomial
/// coefficients, for the maps that have such.
INLINE void NAME(map_square)(int map, int64_t ny, int64_t nx, int64_t qy, int64_t qx, VECTORS *square) {
  VECTORS between[NAME(largest_tile) * NAME(largest_tile)];
  const int64_t rows = map == NAME(evaluate_map) ? qy : ny, columns = map == NAME(interpolate_map) ? qx : nx;
#define ALONG_ROWS(n) _Pragma("clang loop unroll_count(5)") for (int64_t y = 0; y < rows; y++) NAME(map_line)(map, n, qx, square + y * NAME(largest_tile), between + y * NAME(largest_tile), 1);
#define ALONG_COLUMNS(n) _Pragma("clang loop unroll_count(5)") for (int64_t x = 0; x < columns; x++) NAME(map_line)(map, n, qy, between + x, square + x, NAME(largest_tile));
  if (nx == 3) {
    ALONG_ROWS(3)
  } else if (nx == 4) {
    ALONG_ROWS(4)
  } else {
    ALONG_ROWS(5)
  }
  if (ny == 3) {
    ALONG_COLUMNS(3)
  } else if (ny == 4) {
    ALONG_COLUMNS(4)
  } else {
    ALONG_COLUMNS(5)
  }
#undef ALONG_ROWS
#undef ALONG_COLUMNS
}

/// The size of a tile in the Winograd domain along an axis.
#define POINTS(axis) ((axis).outputs + (axis).taps - 1)

/// Runs the body for each tile of images first ..< end: `tile` counts from the first image's, (oy, ox) is its first result.
#define FOR_EACH_TILE(...)                                                                      \
  int64_t tile = 0;                                                                              \
  for (int64_t image = first; image < end; image++)                                              \
    for (int64_t ty = 0; ty < t->y.count; ty++)                                                  \
      for (int64_t tx = 0; tx < t->x.count; tx++, tile++) {                                      \
        const int64_t oy = t->y.first + ty * t->y.outputs, ox = t->x.first + tx * t->x.outputs;  \
        __VA_ARGS__                                                                              \
      }

/// The offsets in x of a tile's inputs of one phase; −1 for those in the padding.
INLINE void NAME(offsets_of_tile)(const int64_t ny, const int64_t nx, const gan_convolution *g, int64_t image, int64_t oy, int64_t ox, int64_t phase,
                            int64_t *offsets) {
  const int64_t top = g->stride_y * oy + phase / g->stride_x - g->before_y, start = g->stride_x * ox + phase % g->stride_x - g->before_x;
  for (int64_t j = 0, y = top; j < ny; j++, y += g->stride_y)
    for (int64_t i = 0, x = start; i < nx; i++, x += g->stride_x) {
      const bool inside = y >= 0 && y < g->height && x >= 0 && x < g->width;
      offsets[j * NAME(largest_tile) + i] = inside ? ((image * g->height + y) * g->width + x) * g->channels : -1;
    }
}

/// Whether any number of a square's first rows and columns is not finite. (True too where their sum alone overflows: the direct way is
/// right then as well.)
INLINE bool NAME(is_not_finite)(const int64_t rows, const int64_t columns, const VECTORS *square) {
  VECTORS sum = {0};
  for (int64_t j = 0; j < rows; j++)
    for (int64_t i = 0; i < columns; i++) sum += square[j * NAME(largest_tile) + i];
  sum *= 0.0f;
  return __builtin_reduce_or(sum != sum) != 0;
}

/// Copies what was computed directly into the square. (A square whose address is handed out would have to lie in memory always.)
#define COPY_SQUARE(rows, columns)                                         \
  for (int64_t j = 0; j < rows; j++)                                   \
    for (int64_t i = 0; i < columns; i++) square[j * NAME(largest_tile) + i] = direct[j * NAME(largest_tile) + i];

/// Calls a function with both tile sizes as constants, so that a square of them stays in registers.
#define WITH_POINTS(function, ...)                            \
  switch (8 * POINTS(t->y) + POINTS(t->x)) {                  \
    case 8 * 3 + 3: NAME(function)(3, 3, __VA_ARGS__); break; \
    case 8 * 3 + 4: NAME(function)(3, 4, __VA_ARGS__); break; \
    case 8 * 3 + 5: NAME(function)(3, 5, __VA_ARGS__); break; \
    case 8 * 4 + 3: NAME(function)(4, 3, __VA_ARGS__); break; \
    case 8 * 4 + 4: NAME(function)(4, 4, __VA_ARGS__); break; \
    case 8 * 4 + 5: NAME(function)(4, 5, __VA_ARGS__); break; \
    case 8 * 5 + 3: NAME(function)(5, 3, __VA_ARGS__); break; \
    case 8 * 5 + 4: NAME(function)(5, 4, __VA_ARGS__); break; \
    case 8 * 5 + 5: NAME(function)(5, 5, __VA_ARGS__); break; \
  }

/// The numbers of taps as constants too, if both are two.
#define WITH_TAPS(function, ...)                                                   \
  if (t->y.taps == 2 && t->x.taps == 2) {                                          \
    WITH_POINTS(function, 2, 2, __VA_ARGS__)                                       \
  } else {                                                                         \
    NAME(function)(POINTS(t->y), POINTS(t->x), t->y.taps, t->x.taps, __VA_ARGS__); \
  }
