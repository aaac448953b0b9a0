#include "CWebP.h"

#include <dlfcn.h>
#include <pthread.h>
#include <webp/decode.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static __typeof__(&WebPGetFeaturesInternal) get_features = NULL;
static __typeof__(&WebPDecodeRGBAInto) decode = NULL;

static void load(void) {
  void *library = dlopen("libwebp.so.7", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) library = dlopen("libwebp.so", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  get_features = (__typeof__(get_features))dlsym(library, "WebPGetFeaturesInternal");
  decode = (__typeof__(decode))dlsym(library, "WebPDecodeRGBAInto");
}

bool gan_webp_load(void) {
  pthread_once(&once, load);
  return get_features != NULL && decode != NULL;
}

bool gan_webp_measure(const uint8_t *bytes, size_t count, int *width, int *height, bool *has_alpha) {
  WebPBitstreamFeatures features;
  if (get_features(bytes, count, &features, WEBP_DECODER_ABI_VERSION) != VP8_STATUS_OK) return false;
  *width = features.width;
  *height = features.height;
  *has_alpha = features.has_alpha != 0;
  return true;
}

bool gan_webp_read(const uint8_t *bytes, size_t count, int width, int height, uint8_t *pixels) {
  return decode(bytes, count, pixels, (size_t)width * (size_t)height * 4, width * 4) != NULL;
}
