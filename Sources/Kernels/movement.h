// Copies between layouts, rows by their numbers, and im2col and col2im of convolutions. Included once for each instruction set.

static void NAME(floats_of_bytes)(const uint8_t *restrict s, float scale, float *restrict d, int64_t count) {
  for (int64_t i = 0; i < count; i++) d[i] = (float)s[i] / scale;
}

static void NAME(floats_of_words)(const uint16_t *restrict s, float scale, float *restrict d, int64_t count) {
  for (int64_t i = 0; i < count; i++) d[i] = (float)s[i] / scale;
}

/// The two innermost axes of a copy: in squares, so that neither side strides through memory alone.
static void NAME(copy_plane)(int64_t rows, int64_t columns, float *d, int64_t d_row, int64_t d_column, const float *s, int64_t s_row,
                             int64_t s_column) {
  if (d_column == 1 && s_column == 1) {
    for (int64_t i = 0; i < rows; i++) memcpy(d + i * d_row, s + i * s_row, (size_t)columns * sizeof(float));
  } else if (d_column == 1 && s_column == 0) {
    for (int64_t i = 0; i < rows; i++) {
      const float x = s[i * s_row];
      for (int64_t j = 0; j < columns; j++) d[i * d_row + j] = x;
    }
  } else {
    for (int64_t i0 = 0; i0 < rows; i0 += 16) {
      const int64_t i1 = i0 + 16 < rows ? i0 + 16 : rows;
      for (int64_t j0 = 0; j0 < columns; j0 += 16) {
        const int64_t j1 = j0 + 16 < columns ? j0 + 16 : columns;
        for (int64_t i = i0; i < i1; i++)
          for (int64_t j = j0; j < j1; j++) d[i * d_row + j * d_column] = s[i * s_row + j * s_column];
      }
    }
  }
}

static void NAME(copy)(int32_t rank, const int64_t *sizes, float *d, const int64_t *d_strides, const float *s, const int64_t *s_strides) {
  int64_t rows = 1;
  for (int32_t axis = 0; axis < rank - 2; axis++) rows *= sizes[axis];
  const int64_t height = rank >= 2 ? sizes[rank - 2] : 1, width = rank >= 1 ? sizes[rank - 1] : 1;
  if (rows == 0 || height == 0 || width == 0) return;
  int64_t index[GAN_MAXIMUM_RANK] = {0};
  for (int64_t row = 0; row < rows; row++) {
    NAME(copy_plane)
    (height, width, d, rank >= 2 ? d_strides[rank - 2] : 0, rank >= 1 ? d_strides[rank - 1] : 1, s,
     rank >= 2 ? s_strides[rank - 2] : 0, rank >= 1 ? s_strides[rank - 1] : 1);
    for (int32_t axis = rank - 3; axis >= 0; axis--) {
      d += d_strides[axis];
      s += s_strides[axis];
      if (++index[axis] < sizes[axis]) break;
      d -= sizes[axis] * d_strides[axis];
      s -= sizes[axis] * s_strides[axis];
      index[axis] = 0;
    }
  }
}

/// The row that `index` names; −1 if it names none.
static inline int64_t NAME(row_number)(uint32_t index, int64_t rows) { return index < rows ? (int64_t)index : -1; }

static void NAME(scatter_add)(float *d, int64_t d_rows, const float *rows, const uint32_t *indices, int64_t count, int64_t width,
                              int64_t first, int64_t end) {
  for (int64_t i = 0; i < count; i++) {
    const int64_t row = NAME(row_number)(indices[i], d_rows);
    if (row < 0) continue;
    float *restrict target = d + row * width;
    const float *restrict source = rows + i * width;
    for (int64_t j = first; j < end; j++) target[j] += source[j];
  }
}

static void NAME(gather)(float *d, const float *s, int64_t s_rows, const uint32_t *indices, int64_t count, int64_t width) {
  for (int64_t i = 0; i < count; i++) {
    const int64_t row = NAME(row_number)(indices[i], s_rows);
    if (row >= 0) {
      memcpy(d + i * width, s + row * width, (size_t)width * sizeof(float));
    } else {
      for (int64_t j = 0; j < width; j++) d[i * width + j] = NAN;
    }
  }
}

/// Calls for each kernel row of each output position the part of it that lies inside of x.
#define FOR_EACH_RUN(body)                                                                             \
  const int64_t run = g->kernel_width * g->channels;                                                   \
  const int64_t image = g->height * g->width * g->channels;                                            \
  int64_t ox = first % g->out_width, oy = first / g->out_width % g->out_height;                        \
  int64_t n = first / (g->out_width * g->out_height);                                                  \
  for (int64_t position = first; position < end; position++, patches += ld) {                         \
    const int64_t x0 = ox * g->stride_x - g->before_x;                                                 \
    const int64_t low = x0 < 0 ? (-x0 < g->kernel_width ? -x0 : g->kernel_width) : 0;                  \
    const int64_t room = g->width - x0;                                                                \
    const int64_t high = room < low ? low : room < g->kernel_width ? room : g->kernel_width;           \
    for (int64_t ky = 0; ky < g->kernel_height; ky++) {                                                \
      const int64_t y = oy * g->stride_y - g->before_y + ky;                                           \
      const bool inside = y >= 0 && y < g->height && high > low;                                       \
      const int64_t place = n * image + (y * g->width + x0 + low) * g->channels;                       \
      const int64_t from = low * g->channels, to = high * g->channels;                                 \
      body                                                                                             \
    }                                                                                                  \
    if (++ox == g->out_width) {                                                                        \
      ox = 0;                                                                                          \
      if (++oy == g->out_height) {                                                                     \
        oy = 0;                                                                                        \
        n++;                                                                                           \
      }                                                                                                \
    }                                                                                                  \
  }

static void NAME(im2col)(const gan_convolution *g, const float *x, int64_t first, int64_t end, float *patches, int64_t ld) {
  FOR_EACH_RUN({
    float *restrict target = patches + ky * run;
    if (!inside) {
      for (int64_t i = 0; i < run; i++) target[i] = 0.0f;
    } else {
      const float *restrict source = x + place;
      for (int64_t i = 0; i < from; i++) target[i] = 0.0f;
      for (int64_t i = from; i < to; i++) target[i] = source[i - from];
      for (int64_t i = to; i < run; i++) target[i] = 0.0f;
    }
  })
}

static void NAME(col2im)(const gan_convolution *g, float *x, int64_t first, int64_t end, const float *patches, int64_t ld) {
  FOR_EACH_RUN({
    if (inside) {
      float *restrict target = x + place;
      const float *restrict source = patches + ky * run + from;
      for (int64_t i = 0; i < to - from; i++) target[i] += source[i];
    }
  })
}
