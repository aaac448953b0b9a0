#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

struct errors {
  struct jpeg_error_mgr manager;
  jmp_buf place;
  enum gan_jpeg_status status;
  char message[JMSG_LENGTH_MAX];
};

struct gan_jpeg_decoder {
  struct jpeg_decompress_struct library;
  struct errors errors;
};

static _Noreturn void end(j_common_ptr library, enum gan_jpeg_status status) {
  struct errors *errors = (struct errors *)library->err;
  errors->status = status;
  (*errors->manager.format_message)(library, errors->message);
  longjmp(errors->place, 1);
}

static void fail(j_common_ptr library) {
  end(library, library->err->msg_code == JERR_INPUT_EOF ? GAN_JPEG_TRUNCATED : GAN_JPEG_WRONG);
}

/// Warnings are errors where they cost pixels, and at once, as a file can hold as many as it likes; a few bytes too many between two parts
/// cost none.
static void warn(j_common_ptr library, int level) {
  if (level >= 0) return;
  switch (library->err->msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_JPEG_EOF: end(library, GAN_JPEG_TRUNCATED);
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_BOGUS_PROGRESSION: end(library, GAN_JPEG_WRONG);
    default: break;
  }
}

static void say_nothing(j_common_ptr library) { (void)library; }

static void begin(struct errors *errors) {
  jpeg_std_error(&errors->manager);
  errors->manager.error_exit = fail;
  errors->manager.emit_message = warn;
  errors->manager.output_message = say_nothing;
  errors->status = GAN_JPEG_DONE;
  errors->message[0] = 0;
}

struct gan_jpeg_decoder *gan_jpeg_make_decoder(void) {
  struct gan_jpeg_decoder *const decoder = calloc(1, sizeof *decoder);
  if (decoder == NULL) return NULL;
  decoder->library.err = &decoder->errors.manager;
  begin(&decoder->errors);
  if (setjmp(decoder->errors.place)) {
    free(decoder);
    return NULL;
  }
  jpeg_create_decompress(&decoder->library);
  return decoder;
}

void gan_jpeg_free_decoder(struct gan_jpeg_decoder *decoder) {
  if (decoder == NULL) return;
  jpeg_destroy_decompress(&decoder->library);
  free(decoder);
}

const char *gan_jpeg_message(const struct gan_jpeg_decoder *decoder) { return decoder->errors.message; }

static int colors_of(J_COLOR_SPACE space) {
  switch (space) {
    case JCS_GRAYSCALE: return GAN_JPEG_GRAY;
    case JCS_RGB:
    case JCS_YCbCr: return GAN_JPEG_COLOR;
    case JCS_CMYK:
    case JCS_YCCK: return GAN_JPEG_INK;
    default: return 0;
  }
}

enum gan_jpeg_status gan_jpeg_read_header(struct gan_jpeg_decoder *decoder, const uint8_t *bytes, size_t count,
                                          struct gan_jpeg_header *header) {
  struct jpeg_decompress_struct *library = &decoder->library;
  begin(&decoder->errors);
  if (!setjmp(decoder->errors.place)) {
    jpeg_mem_src(library, bytes, count);
    jpeg_read_header(library, TRUE);
    header->width = library->image_width;
    header->height = library->image_height;
    header->colors = colors_of(library->jpeg_color_space);
  }
  jpeg_abort_decompress(library);
  return decoder->errors.status;
}

enum gan_jpeg_status gan_jpeg_read(struct gan_jpeg_decoder *decoder, const uint8_t *bytes, size_t count, int divisor,
                                   enum gan_jpeg_colors colors, uint32_t width, uint32_t height, uint8_t *pixels) {
  struct jpeg_decompress_struct *library = &decoder->library;
  begin(&decoder->errors);
  if (!setjmp(decoder->errors.place)) {
    jpeg_mem_src(library, bytes, count);
    jpeg_read_header(library, TRUE);
    library->out_color_space = colors == GAN_JPEG_GRAY ? JCS_GRAYSCALE : colors == GAN_JPEG_COLOR ? JCS_RGB : JCS_CMYK;
    library->scale_num = 1;
    library->scale_denom = (unsigned)divisor;
    jpeg_start_decompress(library);
    if (library->output_width != width || library->output_height != height || library->output_components != (int)colors)
      ERREXIT(library, JERR_BAD_STATE);
    const size_t row = (size_t)width * (size_t)colors;
    JSAMPROW rows[16];
    while (library->output_scanline < height) {
      const uint32_t first = library->output_scanline;
      uint32_t many = height - first;
      if (many > 16) many = 16;
      for (uint32_t y = 0; y < many; y++) rows[y] = pixels + row * (first + y);
      jpeg_read_scanlines(library, rows, many);
    }
    jpeg_finish_decompress(library);
  }
  jpeg_abort_decompress(library);
  return decoder->errors.status;
}

uint8_t *gan_jpeg_write(const uint8_t *pixels, uint32_t width, uint32_t height, enum gan_jpeg_colors colors, int quality,
                        size_t *count, char message[200]) {
  struct jpeg_compress_struct library;
  struct errors errors;
  unsigned char *file = NULL;
  unsigned long size = 0;
  memset(&library, 0, sizeof library);
  library.err = &errors.manager;
  begin(&errors);
  if (setjmp(errors.place)) {
    jpeg_destroy_compress(&library);
    free(file);
    strncpy(message, errors.message, 199);
    message[199] = 0;
    return NULL;
  }
  jpeg_create_compress(&library);
  jpeg_mem_dest(&library, &file, &size);
  library.image_width = width;
  library.image_height = height;
  library.input_components = (int)colors;
  library.in_color_space = colors == GAN_JPEG_GRAY ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&library);
  jpeg_set_quality(&library, quality, TRUE);
  library.comp_info[0].h_samp_factor = library.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&library, TRUE);
  const size_t row = (size_t)width * (size_t)colors;
  while (library.next_scanline < height) {
    JSAMPROW line = (JSAMPROW)(pixels + row * library.next_scanline);
    jpeg_write_scanlines(&library, &line, 1);
  }
  jpeg_finish_compress(&library);
  jpeg_destroy_compress(&library);
  *count = size;
  return file;
}

void gan_jpeg_free(uint8_t *file) { free(file); }
