// The direct computation of single tiles of a convolution and its gradients, for tiles in which the Winograd domain (winograd.h) is not
// finite. The padding is left out: 0 · ∞ would make NaN of it. Sums that are NaN already are not continued. Included once for each
// instruction set.

#define RARE __attribute__((noinline, cold)) static


/// The outputs of a tile that begins at (oy, ox), for the output channels from `o` on.
RARE void NAME(direct_outputs)(const gan_convolution *g, int64_t outputs, int64_t rows, int64_t columns, int64_t image, int64_t oy, int64_t ox,
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
      square[j * NAME(largest_tile) + i] = sum;
    }
}

/// What the output gradient of a tile that begins at (oy, ox) gives to its inputs of one phase, for the input channels from `c` on.
RARE void NAME(direct_input_gradient)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, int64_t image, int64_t oy, int64_t ox, int64_t phase,
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
      square[j * NAME(largest_tile) + i] = sums;
    }
}

/// The filter gradient of one phase and input channel, of all tiles, for the output channels from `o` on.
RARE void NAME(direct_filter_gradient)(const gan_convolution *g, const gan_tiles *t, int64_t outputs, const gan_filter_terms *terms, int64_t phase,
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
      square[j * NAME(largest_tile) + i] = sum;
    }
}
