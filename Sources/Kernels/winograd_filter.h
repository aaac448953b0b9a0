// The filter transform G w Gᵀ of Winograd's convolution and its adjoint (winograd.h). Included once for each instruction set.

/// The transformed filter of one phase and input channel, for the output channels from `o` on.
INLINE void NAME(filter_square)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx, const gan_convolution *g,
                                int64_t outputs, const float *filter, int64_t py, int64_t px, int64_t c, int64_t o, VECTORS *square) {
  for (int64_t j = 0; j < ry; j++)
    for (int64_t i = 0; i < rx; i++) {
      const int64_t ky = g->stride_y * j + py, kx = g->stride_x * i + px;
      const bool inside = ky < g->kernel_height && kx < g->kernel_width;
      square[j * NAME(largest_tile) + i] =
          inside ? *(const VECTORS *)(filter + ((ky * g->kernel_width + kx) * g->channels + c) * outputs + o) : (VECTORS){0};
    }
  NAME(map_square)(NAME(evaluate_map), ny, nx, ry, rx, square);
  for (int64_t j = 0; j < ny; j++)
    for (int64_t i = 0; i < nx; i++)
      square[j * NAME(largest_tile) + i] *= NAME(point_factors)[ny][j] * NAME(point_factors)[nx][i];
}

// Whole cache lines of a panel are written, one row after another. There is a matrix for each point, more streams than the hardware
// prefetches by itself, so the next lines are prefetched.

INLINE void NAME(filter_rows_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx, const gan_convolution *g,
                                 const gan_tiles *t, int64_t outputs, const float *filter, int64_t first_column, int64_t end_column,
                                 float *u, int64_t point_stride) {
  const int64_t depth = g->stride_y * g->stride_x * g->channels;
  for (int64_t o0 = 0; o0 < outputs; o0 += TILE_COLUMNS)
    for (int64_t column = first_column; column < end_column; column++) {
      const int64_t phase = column / g->channels, c = column % g->channels;
      for (int64_t o = o0; o < o0 + TILE_COLUMNS && o < outputs; o += VECTOR) {
        VECTORS square[NAME(largest_tile) * NAME(largest_tile)];
        NAME(filter_square)(ny, nx, ry, rx, g, outputs, filter, phase / g->stride_x, phase % g->stride_x, c, o, square);
        float *target = u + o0 * depth + column * TILE_COLUMNS + (o - o0);
        for (int64_t p = 0; p < ny * nx; p++) __builtin_prefetch(target + p * point_stride + 8 * TILE_COLUMNS, 1, 2);
        for (int64_t j = 0; j < ny; j++)
          for (int64_t i = 0; i < nx; i++) *(VECTORS *)(target + (j * nx + i) * point_stride) = square[j * NAME(largest_tile) + i];
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
      VECTORS blocks[NAME(largest_tile) * NAME(largest_tile)][VECTOR];
      for (int64_t k = 0; k < VECTOR; k++) {
        VECTORS square[NAME(largest_tile) * NAME(largest_tile)];
        NAME(filter_square)(ny, nx, ry, rx, g, outputs, filter, phase / g->stride_x, phase % g->stride_x, c + k, o, square);
        for (int64_t j = 0; j < ny; j++)
          for (int64_t i = 0; i < nx; i++) blocks[j * nx + i][k] = square[j * NAME(largest_tile) + i];
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
      VECTORS square[NAME(largest_tile) * NAME(largest_tile)];
      const float *source = u + (column - first_column) * outputs + o;
      for (int64_t j = 0; j < ny; j++)
        for (int64_t i = 0; i < nx; i++)
          square[j * NAME(largest_tile) + i] = *(const VECTORS *)(source + (j * nx + i) * point_stride) *
                                              (NAME(point_factors)[ny][j] * NAME(point_factors)[nx][i]);
      NAME(map_square)(NAME(interpolate_map), ny, nx, ry, rx, square);
      if (NAME(is_not_finite)(ry, rx, square)) {
        VECTORS direct[NAME(largest_tile) * NAME(largest_tile)];
        NAME(direct_filter_gradient)(g, t, outputs, terms, phase, c, o, direct);
        COPY_SQUARE(ry, rx)
      }
      for (int64_t j = 0; j < ry; j++)
        for (int64_t i = 0; i < rx; i++) {
          const int64_t ky = g->stride_y * j + py, kx = g->stride_x * i + px;
          if (ky >= g->kernel_height || kx >= g->kernel_width) continue;
          VECTORS *target = (VECTORS *)(filter + ((ky * g->kernel_width + kx) * g->channels + c) * outputs + o);
          *target = accumulate ? *target + square[j * NAME(largest_tile) + i] : square[j * NAME(largest_tile) + i];
        }
    }
  }
}

VECTOR_WIDTH static void NAME(winograd_filter_transpose)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *u,
                                                         int64_t point_stride, int64_t first_column, int64_t end_column, bool accumulate,
                                                         float *filter, const gan_filter_terms *terms) {
  WITH_TAPS(winograd_filter_transpose_of, g, t, outputs, u, point_stride, first_column, end_column, accumulate, filter, terms)
}
