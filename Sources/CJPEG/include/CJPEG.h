/// libjpeg-turbo, whose errors are a longjmp, behind functions that return.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Decodes pictures one after another. Not for two threads at once.
struct gan_jpeg_decoder;

enum gan_jpeg_colors { GAN_JPEG_GRAY = 1, GAN_JPEG_COLOR = 3, GAN_JPEG_INK = 4 };

/// How a call has ended.
enum gan_jpeg_status {
  GAN_JPEG_DONE,
  /// The file ends too early, or its coded pixels do.
  GAN_JPEG_TRUNCATED,
  /// `gan_jpeg_message` says what is wrong.
  GAN_JPEG_WRONG,
};

struct gan_jpeg_header {
  uint32_t width;
  uint32_t height;
  /// What its pixels are made of; 0 for something that is no picture to look at.
  int colors;
};

/// NULL where there is no memory.
struct gan_jpeg_decoder *gan_jpeg_make_decoder(void);
void gan_jpeg_free_decoder(struct gan_jpeg_decoder *decoder);

/// The library's words about what went wrong last.
const char *gan_jpeg_message(const struct gan_jpeg_decoder *decoder);

/// What stands before the first pixels.
enum gan_jpeg_status gan_jpeg_read_header(struct gan_jpeg_decoder *decoder, const uint8_t *bytes, size_t count,
                                          struct gan_jpeg_header *header);

/// The pixels at 1/`divisor` (1, 2, 4, 8) of the size, sides rounded up to `width` and `height`, which the caller has worked out:
/// width · height · `colors` bytes, of gray, of red, green and blue, or of four inks.
enum gan_jpeg_status gan_jpeg_read(struct gan_jpeg_decoder *decoder, const uint8_t *bytes, size_t count, int divisor,
                                   enum gan_jpeg_colors colors, uint32_t width, uint32_t height, uint8_t *pixels);

/// The bytes of a file, which `gan_jpeg_free` frees, of a picture in gray or color with all colors at full resolution; NULL, and the
/// library's words in `message`, where that cannot be done.
uint8_t *gan_jpeg_write(const uint8_t *pixels, uint32_t width, uint32_t height, enum gan_jpeg_colors colors, int quality,
                        size_t *count, char message[200]);
void gan_jpeg_free(uint8_t *file);
