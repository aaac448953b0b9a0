// The input transform Bᵀ d B of Winograd's convolution and its adjoint (winograd.h). Included once for each instruction set.

INLINE void NAME(winograd_input_of)(const int64_t ny, const int64_t nx, const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first,
                          int64_t end, int64_t first_column, int64_t end_column, float *v, int64_t point_stride) {
  const int64_t depth = end_column - first_column;
  FOR_EACH_TILE({
    for (int64_t column = first_column; column < end_column;) {
      const int64_t phase = column / g->channels, c = column % g->channels;
      const int64_t count = g->channels - c < end_column - column ? g->channels - c : end_column - column;
      int64_t offsets[NAME(largest_tile) * NAME(largest_tile)];
      NAME(offsets_of_tile)(ny, nx, g, image, oy, ox, phase, offsets);
      float *target = v + tile * depth + column - first_column;
      for (int64_t k = 0; k < count; k += VECTOR) {
        VECTORS square[NAME(largest_tile) * NAME(largest_tile)];
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++) {
            const int64_t offset = offsets[j * NAME(largest_tile) + i];
            square[j * NAME(largest_tile) + i] = offset >= 0 ? *(const VECTORS *)(x + offset + c + k) : (VECTORS){0};
          }
        NAME(map_square)(NAME(input_map), ny, nx, 0, 0, square);
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++)
            *(VECTORS *)(target + (j * nx + i) * point_stride + k) = square[j * NAME(largest_tile) + i];
      }
      column += count;
    }
  })
}

INLINE void NAME(winograd_input_transpose_of)(const int64_t ny, const int64_t nx, const gan_convolution *g, const gan_tiles *t, const float *v,
                                    int64_t point_stride, int64_t first, int64_t end, float *x, int64_t outputs, const float *y,
                                    const float *filter) {
  const int64_t phases = g->stride_y * g->stride_x;
  FOR_EACH_TILE({
    for (int64_t phase = 0; phase < phases; phase++) {
      int64_t offsets[NAME(largest_tile) * NAME(largest_tile)];
      NAME(offsets_of_tile)(ny, nx, g, image, oy, ox, phase, offsets);
      const float *source = v + (tile * phases + phase) * g->channels;
      for (int64_t c = 0; c < g->channels; c += VECTOR) {
        VECTORS square[NAME(largest_tile) * NAME(largest_tile)];
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++)
            square[j * NAME(largest_tile) + i] = *(const VECTORS *)(source + (j * nx + i) * point_stride + c);
        NAME(map_square)(NAME(input_adjoint_map), ny, nx, 0, 0, square);
        if (NAME(is_not_finite)(ny, nx, square)) {
          VECTORS direct[NAME(largest_tile) * NAME(largest_tile)];
          NAME(direct_input_gradient)(g, t, outputs, image, oy, ox, phase, c, y, filter, direct);
          COPY_SQUARE(ny, nx)
        }
        UNROLLED for (int64_t j = 0; j < ny; j++)
          UNROLLED for (int64_t i = 0; i < nx; i++) {
            const int64_t offset = offsets[j * NAME(largest_tile) + i];
            if (offset >= 0) *(VECTORS *)(x + offset + c) += square[j * NAME(largest_tile) + i];
          }
      }
    }
  })
}

VECTOR_WIDTH static void NAME(winograd_input)(const gan_convolution *g, const gan_tiles *t, const float *x, int64_t first, int64_t end,
                                             int64_t first_column, int64_t end_column, float *v, int64_t point_stride) {
  WITH_POINTS(winograd_input_of, g, t, x, first, end, first_column, end_column, v, point_stride)
}

VECTOR_WIDTH static void NAME(winograd_input_transpose)(const gan_convolution *g, const gan_tiles *t, const float *v, int64_t point_stride,
                                                       int64_t first, int64_t end, float *x, int64_t outputs, const float *y,
                                                       const float *filter) {
  WITH_POINTS(winograd_input_transpose_of, g, t, v, point_stride, first, end, x, outputs, y, filter)
}
