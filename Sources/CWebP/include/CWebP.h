/// The system's libwebp, loaded at the first WebP picture and never before.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Loads the library, once; thread-safe. False where there is none.
bool gan_webp_load(void);

/// The measures of the picture that begins at `bytes`, a whole file or the chunks of one frame, and whether it has opacity. False where
/// there is none. Only after `gan_webp_load` gave true.
bool gan_webp_measure(const uint8_t *bytes, size_t count, int *width, int *height, bool *has_alpha);

/// Its pixels in red, green, blue and opacity: width · height · 4 bytes. False where they are damaged or cut off. Only after
/// `gan_webp_load` gave true.
bool gan_webp_read(const uint8_t *bytes, size_t count, int width, int height, uint8_t *pixels);
