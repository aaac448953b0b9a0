// The output transform Eᵀ m E of Winograd's convolution and its adjoint (winograd.h). Included once for each instruction set.

INLINE void NAME(winograd_output_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx, const gan_convolution *g,
                                     const gan_tiles *t, int64_t outputs, const float *m, int64_t point_stride, int64_t first, int64_t end,
                                     bool accumulate, float *y, const float *x, const float *filter) {
  FOR_EACH_TILE({
    for (int64_t o = 0; o < outputs; o += VECTOR) {
      VECTORS square[NAME(largest_tile) * NAME(largest_tile)];
      const float *source = m + tile * outputs + o;
      for (int64_t j = 0; j < ny; j++)
        for (int64_t i = 0; i < nx; i++) square[j * NAME(largest_tile) + i] = *(const VECTORS *)(source + (j * nx + i) * point_stride);
      NAME(map_square)(NAME(interpolate_map), ny, nx, (ny - ry + 1), (nx - rx + 1), square);
      if (NAME(is_not_finite)((ny - ry + 1), (nx - rx + 1), square)) {
        VECTORS direct[NAME(largest_tile) * NAME(largest_tile)];
        NAME(direct_outputs)(g, outputs, (ny - ry + 1), (nx - rx + 1), image, oy, ox, o, x, filter, direct);
        COPY_SQUARE((ny - ry + 1), (nx - rx + 1))
      }
      for (int64_t j = 0; j < (ny - ry + 1); j++)
        for (int64_t i = 0; i < (nx - rx + 1); i++) {
          VECTORS *target = (VECTORS *)(y + ((image * g->out_height + oy + j) * g->out_width + ox + i) * outputs + o);
          *target = accumulate ? *target + square[j * NAME(largest_tile) + i] : square[j * NAME(largest_tile) + i];
        }
    }
  })
}

VECTOR_WIDTH static void NAME(winograd_output)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *m,
                                               int64_t point_stride, int64_t first, int64_t end, bool accumulate, float *y,
                                               const float *x, const float *filter) {
  WITH_TAPS(winograd_output_of, g, t, outputs, m, point_stride, first, end, accumulate, y, x, filter)
}

INLINE void NAME(winograd_output_transpose_of)(const int64_t ny, const int64_t nx, const int64_t ry, const int64_t rx,
                                               const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y, int64_t first,
                                               int64_t end, bool packed, int64_t rows, float *m, int64_t point_stride) {
  const int64_t row = packed ? TILE_COLUMNS : outputs, panel = packed ? rows * TILE_COLUMNS : TILE_COLUMNS;
  FOR_EACH_TILE({
    for (int64_t o = 0; o < outputs; o += VECTOR) {
      VECTORS square[NAME(largest_tile) * NAME(largest_tile)];
      for (int64_t j = 0; j < (ny - ry + 1); j++)
        for (int64_t i = 0; i < (nx - rx + 1); i++)
          square[j * NAME(largest_tile) + i] =
              *(const VECTORS *)(y + ((image * g->out_height + oy + j) * g->out_width + ox + i) * outputs + o);
      NAME(map_square)(NAME(evaluate_map), ny, nx, (ny - ry + 1), (nx - rx + 1), square);
      float *target = m + tile * row + o / TILE_COLUMNS * panel + o % TILE_COLUMNS;
      for (int64_t j = 0; j < ny; j++)
        for (int64_t i = 0; i < nx; i++) *(VECTORS *)(target + (j * nx + i) * point_stride) = square[j * NAME(largest_tile) + i];
    }
  })
}

VECTOR_WIDTH static void NAME(winograd_output_transpose)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const float *y,
                                                         int64_t first, int64_t end, bool packed, int64_t rows, float *m,
                                                         int64_t point_stride) {
  WITH_TAPS(winograd_output_transpose_of, g, t, outputs, y, first, end, packed, rows, m, point_stride)
}
