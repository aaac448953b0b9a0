// Convolutions by fewer multiplications (Winograd 1980; Lavin and Gray 2016): small tiles of the result are interpolated from
// their values at a few points, and at each point all tiles and channels are one matrix product.
//
// An axis of stride s is split into s phases, each a convolution of stride 1 with r = ⌈kernel / s⌉ taps. A tile of m results
// needs n = m + r − 1 numbers of each phase: y = Eₘᵀ [(Gᵣ w) ⊙ (Bₙᵀ d)], where E evaluates a polynomial at the n points 0, 1, −1 (from
// n = 4 on), 2 (if n is 5) and ∞, G is E with each row divided by a factor of its point, and B is the inverse transpose of E times that
// factor. The derivatives are made of the transposes of the same three maps. With five points results are exact to some 1e-5 of the largest
// one, with four to 1e-6. Included once for each instruction set.
//
// All results of a tile are sums of the same values at the points, so one number that is not finite, or so large that a sum overflows,
// spoils them all. It cannot hide: some result is not finite then. Where that is seen, the results of the tile are worked out the plain way.

#define VECTORS NAME(vector)

enum { NAME(most_points) = 5 };

/// v = Bᵀ d: numbers to points. Both `step` vectors apart.
INLINE void NAME(to_points)(int64_t n, const VECTORS *d, VECTORS *v, int64_t step) {
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

/// d = B v: the transpose of it.
INLINE void NAME(from_points)(int64_t n, const VECTORS *v, VECTORS *d, int64_t step) {
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

/// e = E x: a polynomial of `q` coefficients at the points.
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

/// x = Eᵀ e: the transpose of it.
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

/// What the points' factors leave to the filter.
static const float NAME(point_factors)[NAME(most_points) + 1][NAME(most_points)] = {
    [3] = {1.0f, 1.0f, 1.0f}, [4] = {1.0f, 0.5f, 0.5f, 1.0f}, [5] = {0.5f, 0.5f, 1.0f / 6, 1.0f / 6, 1.0f}};

enum { NAME(to_points_map), NAME(from_points_map), NAME(evaluate_map), NAME(interpolate_map) };

INLINE void NAME(map_line)(int map, int64_t n, int64_t q, const VECTORS *s, VECTORS *d, int64_t step) {
  switch (map) {
    case NAME(to_points_map): NAME(to_points)(n, s, d, step); break;
    case NAME(from_points_map): NAME(from_points)(n, s, d, step); break;
    case NAME(evaluate_map): NAME(evaluate)(n, q, s, d, step); break;
    default: NAME(interpolate)(n, q, s, d, step); break;
  }
}

/// One map along both axes of a square of vectors (rows `most_points` apart), in place. `q` are the numbers of polynomial
/// coefficients, where the map has such.
INLINE void NAME(map_square)(int map, int64_t ny, int64_t nx, int64_t qy, int64_t qx, VECTORS *square) {
  VECTORS between[NAME(most_points) * NAME(most_points)];
  const int64_t rows = map == NAME(evaluate_map) ? qy : ny, columns = map == NAME(interpolate_map) ? qx : nx;
#define ALONG_ROWS(n) _Pragma("clang loop unroll_count(5)") for (int64_t y = 0; y < rows; y++) NAME(map_line)(map, n, qx, square + y * NAME(most_points), between + y * NAME(most_points), 1);
#define ALONG_COLUMNS(n) _Pragma("clang loop unroll_count(5)") for (int64_t x = 0; x < columns; x++) NAME(map_line)(map, n, qy, between + x, square + x, NAME(most_points));
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

/// Where the numbers of a tile's phase lie in x; of those that lie outside, -1.
INLINE void NAME(places_of)(const int64_t ny, const int64_t nx, const gan_convolution *g, int64_t image, int64_t oy, int64_t ox, int64_t phase,
                            int64_t *places) {
  const int64_t top = g->stride_y * oy + phase / g->stride_x - g->before_y, start = g->stride_x * ox + phase % g->stride_x - g->before_x;
  for (int64_t j = 0, y = top; j < ny; j++, y += g->stride_y)
    for (int64_t i = 0, x = start; i < nx; i++, x += g->stride_x) {
      const bool inside = y >= 0 && y < g->height && x >= 0 && x < g->width;
      places[j * NAME(most_points) + i] = inside ? ((image * g->height + y) * g->width + x) * g->channels : -1;
    }
}

/// Whether any number of a square's first rows and columns is not finite (or their sum is not, which does no harm).
INLINE bool NAME(is_spoiled)(const int64_t rows, const int64_t columns, const VECTORS *square) {
  VECTORS sum = {0};
  for (int64_t j = 0; j < rows; j++)
    for (int64_t i = 0; i < columns; i++) sum += square[j * NAME(most_points) + i];
  sum *= 0.0f;
  return __builtin_reduce_or(sum != sum) != 0;
}

/// Copies the numbers worked out the plain way, so that a square that is not spoiled need not lie in memory for them.
#define REPLACE(rows, columns)                                         \
  for (int64_t j = 0; j < rows; j++)                                   \
    for (int64_t i = 0; i < columns; i++) square[j * NAME(most_points) + i] = plain[j * NAME(most_points) + i];

// The plain way, for what is spoiled. Zeros around the image are left out. What is NaN already stays so.

#define RARE __attribute__((noinline, cold)) static

/// Results of a tile that begins at (oy, ox), for the outputs from `o` on.
RARE void NAME(plain_results)(const gan_convolution *g, int64_t outputs, int64_t rows, int64_t columns, int64_t image, int64_t oy, int64_t ox,
                              int64_t o, const float *x, const float *filter, VECTORS *square) {
  for (int64_t j = 0; j < rows; j++)
    for (int64_t i = 0; i < columns; i++) {
      VECTORS sum = {0};
      for (int64_t tap = 0; tap < g->kernel_height * g->kernel_width && __builtin_reduce_and(sum != sum) == 0; tap++) {
        const int64_t py = g->stride_y * (oy + j) - g->before_y + tap / g->kernel_width;
        const int64_t px = g->stride_x * (ox + i) - g->before_x + tap % g->kernel_width;
        if (py < 0 || py >= g->height || px < 0 || px >= g->width) continue;
        const float *numbers = x + ((image * g->height + py) * g->width + px) * g->channels;
        const float *weights = filter + tap * g->channels * outputs + o;
        for (int64_t c = 0; c < g->channels; c++) sum += numbers[c] * *(const VECTORS *)(weights + c * outputs);
      }
      square[j * NAME(most_points) + i] = sum;
    }
}

/// What the results' derivatives of a tile that begins at (oy, ox) give to the numbers of its phase, for the channels from `c` on.
RARE void NAME(plain_data)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, int64_t image, int64_t oy, int64_t ox, int64_t phase,
                           int64_t c, const float *y, const float *filter, VECTORS *square) {
  for (int64_t j = 0; j < POINTS(t->y); j++)
    for (int64_t i = 0; i < POINTS(t->x); i++) {
      VECTORS sums = {0};
      for (int64_t tap = 0; tap < t->y.taps * t->x.taps; tap++) {
        const int64_t row = j - tap / t->x.taps, column = i - tap % t->x.taps;
        const int64_t ky = g->stride_y * (tap / t->x.taps) + phase / g->stride_x, kx = g->stride_x * (tap % t->x.taps) + phase % g->stride_x;
        if (row < 0 || row >= t->y.outputs || column < 0 || column >= t->x.outputs || ky >= g->kernel_height || kx >= g->kernel_width) continue;
        const float *slopes = y + ((image * g->out_height + oy + row) * g->out_width + ox + column) * outputs;
        for (int64_t k = 0; k < VECTOR; k++) {
          const float *weights = filter + ((ky * g->kernel_width + kx) * g->channels + c + k) * outputs;
          float sum = sums[k];
          for (int64_t o = 0; o < outputs && sum == sum; o++) sum += slopes[o] * weights[o];
          sums[k] = sum;
        }
      }
      square[j * NAME(most_points) + i] = sums;
    }
}

/// What all tiles give to the derivative by one phase and channel of the filter, for the outputs from `o` on.
RARE void NAME(plain_filter)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const gan_filter_terms *terms, int64_t phase,
                             int64_t c, int64_t o, VECTORS *square) {
  const int64_t end_y = t->y.first + t->y.count * t->y.outputs, end_x = t->x.first + t->x.count * t->x.outputs;
  for (int64_t j = 0; j < t->y.taps; j++)
    for (int64_t i = 0; i < t->x.taps; i++) {
      const int64_t ky = g->stride_y * j + phase / g->stride_x, kx = g->stride_x * i + phase % g->stride_x;
      VECTORS sum = {0};
      for (int64_t n = 0; n < terms->count * terms->images && __builtin_reduce_and(sum != sum) == 0; n++) {
        const float *x = terms->x[n / terms->images], *y = terms->y[n / terms->images];
        const int64_t image = n % terms->images;
        for (int64_t oy = t->y.first; oy < end_y; oy++)
          for (int64_t ox = t->x.first; ox < end_x; ox++) {
            const int64_t py = g->stride_y * oy - g->before_y + ky, px = g->stride_x * ox - g->before_x + kx;
            if (py < 0 || py >= g->height || px < 0 || px >= g->width) continue;
            sum += x[((image * g->height + py) * g->width + px) * g->channels + c] *
                   *(const VECTORS *)(y + ((image * g->out_height + oy) * g->out_width + ox) * outputs + o);
          }
      }
      square[j * NAME(most_points) + i] = sum;
    }
}

/// For constant numbers of points, so that a square stays in registers.
INLINE void NAME(data_of)(const int64_t ny, const int64_t nx, const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first,
                          int64_t end, int64_t first_column, int64_t end_column, float *v, int64_t point_stride) {
  const int64_t depth = end_column - first_column;
  FOR_EACH_TILE({
    for (int64_t column = first_column; column < end_column;) {
      const int64_t phase = column / g->channels, c = column % g->channels;
      const int64_t count = g->channels - c < end_column - column ? g->channels - c : end_column - column;
      int64_t places[NAME(most_points) * NAME(most_points)];
      NAME(places_of)(ny, nx, g, image, oy, ox, phase, places);
      float *target = v + tile * depth + column - first_column;
      for (int64_t k = 0; k < count; k += VECTOR) {
        VECTORS square[NAME(most_points) * NAME(most_points)];
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++) {
            const int64_t place = places[j * NAME(most_points) + i];
            square[j * NAME(most_points) + i] = place >= 0 ? *(const VECTORS *)(x + place + c + k) : (VECTORS){0};
          }
        NAME(map_square)(NAME(to_points_map), ny, nx, 0, 0, square);
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++)
            *(VECTORS *)(target + (j * nx + i) * point_stride + k) = square[j * NAME(most_points) + i];
      }
      column += count;
    }
  })
}

INLINE void NAME(data_transpose_of)(const int64_t ny, const int64_t nx, const gan_convolution *g, const gan_tiles *t, const float *v,
                                    int64_t point_stride, int64_t first, int64_t end, float *x, int64_t outputs, const float *y,
                                    const float *filter) {
  const int64_t phases = g->stride_y * g->stride_x;
  FOR_EACH_TILE({
    for (int64_t phase = 0; phase < phases; phase++) {
      int64_t places[NAME(most_points) * NAME(most_points)];
      NAME(places_of)(ny, nx, g, image, oy, ox, phase, places);
      const float *source = v + (tile * phases + phase) * g->channels;
      for (int64_t c = 0; c < g->channels; c += VECTOR) {
        VECTORS square[NAME(most_points) * NAME(most_points)];
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++)
            square[j * NAME(most_points) + i] = *(const VECTORS *)(source + (j * nx + i) * point_stride + c);
        NAME(map_square)(NAME(from_points_map), ny, nx, 0, 0, square);
        if (NAME(is_spoiled)(ny, nx, square)) {
          VECTORS plain[NAME(most_points) * NAME(most_points)];
          NAME(plain_data)(g, t, outputs, image, oy, ox, phase, c, y, filter, plain);
          REPLACE(ny, nx)
        }
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++) {
            const int64_t place = places[j * NAME(most_points) + i];
            if (place >= 0) *(VECTORS *)(x + place + c) += square[j * NAME(most_points) + i];
          }
      }
    }
  })
}

/// Calls a function with its two numbers of points as constants.
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

/// The numbers of taps as constants too, if they are two.
#define WITH_TAPS(function, ...)                                                   \
  if (t->y.taps == 2 && t->x.taps == 2) {                                          \
    WITH_POINTS(function, 2, 2, __VA_ARGS__)                                       \
  } else {                                                                         \
    NAME(function)(POINTS(t->y), POINTS(t->x), t->y.taps, t->x.taps, __VA_ARGS__); \
  }

VECTOR_WIDTH static void NAME(winograd_data)(const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first, int64_t end,
                                             int64_t first_column, int64_t end_column, float *v, int64_t point_stride) {
  WITH_POINTS(data_of, g, t, x, first, end, first_column, end_column, v, point_stride)
}

VECTOR_WIDTH static void NAME(winograd_data_transpose)(const gan_convolution *g, const gan_tiles *t, const float *v, int64_t point_stride,
                                                       int64_t first, int64_t end, float *x, int64_t outputs, const float *y,
                                                       const float *filter) {
  WITH_POINTS(data_transpose_of, g, t, v, point_stride, first, end, x, outputs, y, filter)
}

INLINE void NAME(winograd_result_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx, const gan_convolution *g,
                                     const gan_tiles *t, int64_t outputs, const float *m, int64_t point_stride, int64_t first, int64_t end,
                                     bool accumulate, float *y, const float *x, const float *filter) {
  FOR_EACH_TILE({
    for (int64_t o = 0; o < outputs; o += VECTOR) {
      VECTORS square[NAME(most_points) * NAME(most_points)];
      const float *source = m + tile * outputs + o;
      for (int64_t j = 0; j < ny; j++)
        for (int64_t i = 0; i < nx; i++) square[j * NAME(most_points) + i] = *(const VECTORS *)(source + (j * nx + i) * point_stride);
      NAME(map_square)(NAME(interpolate_map), ny, nx, (ny - ry + 1), (nx - rx + 1), square);
      if (NAME(is_spoiled)((ny - ry + 1), (nx - rx + 1), square)) {
        VECTORS plain[NAME(most_points) * NAME(most_points)];
        NAME(plain_results)(g, outputs, (ny - ry + 1), (nx - rx + 1), image, oy, ox, o, x, filter, plain);
        REPLACE((ny - ry + 1), (nx - rx + 1))
      }
      for (int64_t j = 0; j < (ny - ry + 1); j++)
        for (int64_t i = 0; i < (nx - rx + 1); i++) {
          VECTORS *target = (VECTORS *)(y + ((image * g->out_height + oy + j) * g->out_width + ox + i) * outputs + o);
          *target = accumulate ? *target + square[j * NAME(most_points) + i] : square[j * NAME(most_points) + i];
        }
    }
  })
}

VECTOR_WIDTH static void NAME(winograd_result)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *m,
                                               int64_t point_stride, int64_t first, int64_t end, bool accumulate, float *y,
                                               const float *x, const float *filter) {
  WITH_TAPS(winograd_result_of, g, t, outputs, m, point_stride, first, end, accumulate, y, x, filter)
}

INLINE void NAME(winograd_result_transpose_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx,
                                               const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y, int64_t first,
                                               int64_t end, bool packed, int64_t rows, float *m, int64_t point_stride) {
  const int64_t row = packed ? TILE_COLUMNS : outputs, panel = packed ? rows * TILE_COLUMNS : TILE_COLUMNS;
  FOR_EACH_TILE({
    for (int64_t o = 0; o < outputs; o += VECTOR) {
      VECTORS square[NAME(most_points) * NAME(most_points)];
      for (int64_t j = 0; j < (ny - ry + 1); j++)
        for (int64_t i = 0; i < (nx - rx + 1); i++)
          square[j * NAME(most_points) + i] =
              *(const VECTORS *)(y + ((image * g->out_height + oy + j) * g->out_width + ox + i) * outputs + o);
      NAME(map_square)(NAME(evaluate_map), ny, nx, (ny - ry + 1), (nx - rx + 1), square);
      float *target = m + tile * row + o / TILE_COLUMNS * panel + o % TILE_COLUMNS;
      for (int64_t j = 0; j < ny; j++)
        for (int64_t i = 0; i < nx; i++) *(VECTORS *)(target + (j * nx + i) * point_stride) = square[j * NAME(most_points) + i];
    }
  })
}

VECTOR_WIDTH static void NAME(winograd_result_transpose)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y,
                                                         int64_t first, int64_t end, bool packed, int64_t rows, float *m,
                                                         int64_t point_stride) {
  WITH_TAPS(winograd_result_transpose_of, g, t, outputs, y, first, end, packed, rows, m, point_stride)
}

/// The filter of one phase and channel at the points, for the outputs from `o` on.
INLINE void NAME(filter_square)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx, const gan_convolution *g,
                                int64_t outputs, const float *filter, int64_t py, int64_t px, int64_t c, int64_t o, VECTORS *square) {
  for (int64_t j = 0; j < ry; j++)
    for (int64_t i = 0; i < rx; i++) {
      const int64_t ky = g->stride_y * j + py, kx = g->stride_x * i + px;
      const bool inside = ky < g->kernel_height && kx < g->kernel_width;
      square[j * NAME(most_points) + i] =
          inside ? *(const VECTORS *)(filter + ((ky * g->kernel_width + kx) * g->channels + c) * outputs + o) : (VECTORS){0};
    }
  NAME(map_square)(NAME(evaluate_map), ny, nx, ry, rx, square);
  for (int64_t j = 0; j < ny; j++)
    for (int64_t i = 0; i < nx; i++)
      square[j * NAME(most_points) + i] *= NAME(point_factors)[ny][j] * NAME(point_factors)[nx][i];
}

// Whole lines of a panel are written, one row after another: the matrices of the points are more streams than the processor follows by
// itself, so the next lines are asked for.

INLINE void NAME(filter_rows_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx, const gan_convolution *g,
                                 const gan_tiles *t, int64_t outputs, const float *filter, int64_t first_column, int64_t end_column,
                                 float *u, int64_t point_stride) {
  const int64_t depth = g->stride_y * g->stride_x * g->channels;
  for (int64_t o0 = 0; o0 < outputs; o0 += TILE_COLUMNS)
    for (int64_t column = first_column; column < end_column; column++) {
      const int64_t phase = column / g->channels, c = column % g->channels;
      for (int64_t o = o0; o < o0 + TILE_COLUMNS && o < outputs; o += VECTOR) {
        VECTORS square[NAME(most_points) * NAME(most_points)];
        NAME(filter_square)(ny, nx, ry, rx, g, outputs, filter, phase / g->stride_x, phase % g->stride_x, c, o, square);
        float *target = u + o0 * depth + column * TILE_COLUMNS + (o - o0);
        for (int64_t p = 0; p < ny * nx; p++) __builtin_prefetch(target + p * point_stride + 8 * TILE_COLUMNS, 1, 2);
        for (int64_t j = 0; j < ny; j++)
          for (int64_t i = 0; i < nx; i++) *(VECTORS *)(target + (j * nx + i) * point_stride) = square[j * NAME(most_points) + i];
      }
    }
}

VECTOR_WIDTH static void NAME(filter_rows)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *filter,
                                           int64_t first_column, int64_t end_column, float *u, int64_t point_stride) {
  WITH_TAPS(filter_rows_of, g, t, outputs, filter, first_column, end_column, u, point_stride)
}

INLINE void NAME(filter_columns_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx, const gan_convolution *g,
                                    const gan_tiles *t, int64_t outputs, const float *filter, int64_t first_column, int64_t end_column,
                                    float *u, int64_t point_stride) {
  for (int64_t column = first_column; column < end_column; column += VECTOR) {
    const int64_t phase = column / g->channels, c = column % g->channels;
    float *panel = u + column / TILE_COLUMNS * TILE_COLUMNS * outputs + column % TILE_COLUMNS;
    for (int64_t o = 0; o < outputs; o += VECTOR) {
      VECTORS blocks[NAME(most_points) * NAME(most_points)][VECTOR];
      for (int64_t k = 0; k < VECTOR; k++) {
        VECTORS square[NAME(most_points) * NAME(most_points)];
        NAME(filter_square)(ny, nx, ry, rx, g, outputs, filter, phase / g->stride_x, phase % g->stride_x, c + k, o, square);
        for (int64_t j = 0; j < ny; j++)
          for (int64_t i = 0; i < nx; i++) blocks[j * nx + i][k] = square[j * NAME(most_points) + i];
      }
      for (int64_t p = 0; p < ny * nx; p++) {
        NAME(transpose_square)(blocks[p]);
        float *target = panel + p * point_stride + o * TILE_COLUMNS;
        for (int64_t k = 0; k < VECTOR; k++) {
          __builtin_prefetch(target + 2 * point_stride + k * TILE_COLUMNS, 1, 2);
          *(VECTORS *)(target + k * TILE_COLUMNS) = blocks[p][k];
        }
      }
    }
  }
}

VECTOR_WIDTH static void NAME(filter_columns)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *filter,
                                              int64_t first_column, int64_t end_column, float *u, int64_t point_stride) {
  WITH_TAPS(filter_columns_of, g, t, outputs, filter, first_column, end_column, u, point_stride)
}

static void NAME(winograd_filter)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, bool transpose, const float *filter,
                                  int64_t first_column, int64_t end_column, float *u, int64_t point_stride) {
  if (transpose) {
    NAME(filter_columns)(g, t, outputs, filter, first_column, end_column, u, point_stride);
  } else {
    NAME(filter_rows)(g, t, outputs, filter, first_column, end_column, u, point_stride);
  }
}

INLINE void NAME(winograd_filter_transpose_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx,
                                               const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *u,
                                               int64_t point_stride, int64_t first_column, int64_t end_column, bool accumulate,
                                               float *filter, const gan_filter_terms *terms) {
  for (int64_t column = first_column; column < end_column; column++) {
    const int64_t phase = column / g->channels, c = column % g->channels, py = phase / g->stride_x, px = phase % g->stride_x;
    for (int64_t o = 0; o < outputs; o += VECTOR) {
      VECTORS square[NAME(most_points) * NAME(most_points)];
      const float *source = u + (column - first_column) * outputs + o;
      for (int64_t j = 0; j < ny; j++)
        for (int64_t i = 0; i < nx; i++)
          square[j * NAME(most_points) + i] = *(const VECTORS *)(source + (j * nx + i) * point_stride) *
                                              (NAME(point_factors)[ny][j] * NAME(point_factors)[nx][i]);
      NAME(map_square)(NAME(interpolate_map), ny, nx, ry, rx, square);
      if (NAME(is_spoiled)(ry, rx, square)) {
        VECTORS plain[NAME(most_points) * NAME(most_points)];
        NAME(plain_filter)(g, t, outputs, terms, phase, c, o, plain);
        REPLACE(ry, rx)
      }
      for (int64_t j = 0; j < ry; j++)
        for (int64_t i = 0; i < rx; i++) {
          const int64_t ky = g->stride_y * j + py, kx = g->stride_x * i + px;
          if (ky >= g->kernel_height || kx >= g->kernel_width) continue;
          VECTORS *target = (VECTORS *)(filter + ((ky * g->kernel_width + kx) * g->channels + c) * outputs + o);
          *target = accumulate ? *target + square[j * NAME(most_points) + i] : square[j * NAME(most_points) + i];
        }
    }
  }
}

VECTOR_WIDTH static void NAME(winograd_filter_transpose)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *u,
                                                         int64_t point_stride, int64_t first_column, int64_t end_column, bool accumulate,
                                                         float *filter, const gan_filter_terms *terms) {
  WITH_TAPS(winograd_filter_transpose_of, g, t, outputs, u, point_stride, first_column, end_column, accumulate, filter, terms)
}
