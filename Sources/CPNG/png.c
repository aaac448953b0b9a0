#include "CPNG.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct source {
  const uint8_t *bytes;
  size_t count;
};

static void take(png_structp png, png_bytep target, size_t count) {
  struct source *source = png_get_io_ptr(png);
  if (count > source->count) png_error(png, "Not enough image data");
  memcpy(target, source->bytes, count);
  source->bytes += count;
  source->count -= count;
}

static void fail(png_structp png, png_const_charp message) {
  struct gan_png *result = png_get_error_ptr(png);
  strncpy(result->message, message, sizeof result->message - 1);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

bool gan_png_read(const uint8_t *bytes, size_t count, struct gan_png *result, void *pixels) {
  struct source source = {bytes, count};
  result->message[0] = 0;
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, result, fail, ignore);
  png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
  if (info == NULL) {
    png_destroy_read_struct(&png, NULL, NULL);
    strncpy(result->message, "there is no memory left", sizeof result->message - 1);
    return false;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return false;
  }
  png_set_read_fn(png, &source, take);
  // Whoever calls has looked at the measures.
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  // Texts, color profiles and the like are not unpacked.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, info);
  png_set_expand(png);
  const uint16_t one = 1;
  if (*(const uint8_t *)&one == 1) png_set_swap(png);
  const int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  const size_t row = (size_t)result->width * result->samples * (result->wide ? 2 : 1);
  if (png_get_image_width(png, info) != result->width || png_get_image_height(png, info) != result->height ||
      png_get_channels(png, info) != result->samples || png_get_bit_depth(png, info) != (result->wide ? 16 : 8) ||
      png_get_rowbytes(png, info) != row)
    png_error(png, "the header contradicts itself");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < result->height; y++) png_read_row(png, (png_bytep)pixels + row * y, NULL);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return true;
}
