/// libpng: its simplified interface for writing as it is, and what reading needs of the other one, which reports errors by longjmp.
#pragma once
#include <png.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What a PNG's pixels are made of, as its header says, and where its numbers go.
struct gan_png {
  uint32_t width;
  uint32_t height;
  /// Samples of a pixel: 1 gray, 2 gray with opacity, 3 color, 4 color with opacity.
  int samples;
  /// Whether a sample takes 16 bits, in the processor's order; else 8.
  bool wide;
  /// What is wrong, as libpng says it.
  char message[200];
};

/// Reads the pixels of a PNG file of which `png` is known to be true: palettes looked up, 1, 2 and 4 bits spread over 0…255, transparent
/// colors made opacity, rows that are interlaced brought into their order; no gamma is applied. `pixels` has room for
/// width · height · samples numbers. False, with a message, where that cannot be done.
bool gan_png_read(const uint8_t *bytes, size_t count, struct gan_png *png, void *pixels);
