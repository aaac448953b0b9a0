// Philox4x32-10 (Salmon et al. 2011) and the distributions made of it: see Distribution.swift. Included once for each
// instruction set.

/// Blocks worked on together: vectors over blocks.
#define BLOCKS GAN_RANDOM_BLOCKS

/// The four words of BLOCKS blocks with counters (low, high of first + i; stream), word by word. With `same_element`, block i
/// has counter (low of first + i; t + 256 · high of first + i; stream).
static void NAME(philox)(gan_key key, uint64_t first, bool same_element, uint32_t t, uint32_t words[4][BLOCKS]) {
  uint32_t *restrict c0 = words[0], *restrict c1 = words[1], *restrict c2 = words[2], *restrict c3 = words[3];
  for (int i = 0; i < BLOCKS; i++) {
    const uint64_t index = first + (uint64_t)i;
    c0[i] = (uint32_t)index;
    c1[i] = same_element ? t + 256u * (uint32_t)(index >> 32) : (uint32_t)(index >> 32);
    c2[i] = (uint32_t)key.stream;
    c3[i] = (uint32_t)(key.stream >> 32);
  }
  uint32_t k0 = (uint32_t)key.seed, k1 = (uint32_t)(key.seed >> 32);
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < BLOCKS; i++) {
      const uint64_t p0 = (uint64_t)0xD2511F53u * c0[i], p1 = (uint64_t)0xCD9E8D57u * c2[i];
      c0[i] = (uint32_t)(p1 >> 32) ^ c1[i] ^ k0;
      c1[i] = (uint32_t)p1;
      c2[i] = (uint32_t)(p0 >> 32) ^ c3[i] ^ k1;
      c3[i] = (uint32_t)p0;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

static inline float NAME(unit)(uint32_t word) { return (float)(int32_t)(word >> 8) * 5.9604644775390625e-8f; }

/// √(−2 ln(u(a) + 2⁻²⁴)) times the cosine (turn 1) or sine (turn 0) of 2π u(b).
static inline float NAME(box_muller)(uint32_t a, uint32_t b, int32_t turn) {
  const float r = sqrtf(-2.0f * NAME(log)(NAME(unit)(a) + 5.9604644775390625e-8f));
  const float quarters = NAME(unit)(b) * 4.0f;
  const float whole = quarters + 12582912.0f;
  const int32_t quadrant = NAME(float_as_bits)(whole) - 0x4B400000;
  return r * NAME(sine_of_quarters)(quarters - (whole - 12582912.0f), quadrant + turn);
}

/// BLOCKS blocks of uniform or normal numbers, in the order of their elements.
static void NAME(random_blocks)(int32_t function, gan_key key, uint64_t block, float *restrict d) {
  uint32_t words[4][BLOCKS];
  NAME(philox)(key, block, false, 0, words);
  float lanes[4][BLOCKS];
  if (function == GAN_UNIFORM) {
    for (int lane = 0; lane < 4; lane++)
      for (int i = 0; i < BLOCKS; i++) lanes[lane][i] = NAME(unit)(words[lane][i]);
  } else {
    for (int i = 0; i < BLOCKS; i++) lanes[0][i] = NAME(box_muller)(words[0][i], words[1][i], 1);
    for (int i = 0; i < BLOCKS; i++) lanes[1][i] = NAME(box_muller)(words[0][i], words[1][i], 0);
    for (int i = 0; i < BLOCKS; i++) lanes[2][i] = NAME(box_muller)(words[2][i], words[3][i], 1);
    for (int i = 0; i < BLOCKS; i++) lanes[3][i] = NAME(box_muller)(words[2][i], words[3][i], 0);
  }
  for (int i = 0; i < BLOCKS; i++)
    for (int lane = 0; lane < 4; lane++) d[i * 4 + lane] = lanes[lane][i];
}

/// BLOCKS truncated normals, of elements first ….
static void NAME(truncated_blocks)(gan_key key, uint64_t first, float *restrict d) {
  bool done[BLOCKS] = {false};
  int missing = BLOCKS;
  for (int i = 0; i < BLOCKS; i++) d[i] = 0.0f;
  for (uint32_t t = 0; t < 256 && missing > 0; t++) {
    uint32_t words[4][BLOCKS];
    NAME(philox)(key, first, true, t, words);
    for (int lane = 0; lane < 4 && missing > 0; lane++) {
      float z[BLOCKS];
      for (int i = 0; i < BLOCKS; i++) z[i] = NAME(box_muller)(words[lane & 2][i], words[(lane & 2) + 1][i], (lane & 1) ? 0 : 1);
      for (int i = 0; i < BLOCKS; i++) {
        if (!done[i] && fabsf(z[i]) <= 2.0f) {
          d[i] = z[i];
          done[i] = true;
          missing--;
        }
      }
    }
  }
}

static void NAME(random_words)(gan_key key, uint64_t first, uint32_t *restrict d) {
  uint32_t words[4][BLOCKS];
  NAME(philox)(key, first, false, 0, words);
  for (int i = 0; i < BLOCKS; i++)
    for (int lane = 0; lane < 4; lane++) d[i * 4 + lane] = words[lane][i];
}

static void NAME(random)(int32_t function, gan_key key, int64_t first, int64_t count, float *d) {
  const int64_t step = function == GAN_TRUNCATED_NORMAL ? BLOCKS : 4 * BLOCKS;
  float group[4 * BLOCKS];
  int64_t index = first - first % step;
  while (index < first + count) {
    const bool whole = index >= first && index + step <= first + count;
    float *target = whole ? d + (index - first) : group;
    if (function == GAN_TRUNCATED_NORMAL) {
      NAME(truncated_blocks)(key, (uint64_t)index, target);
    } else {
      NAME(random_blocks)(function, key, (uint64_t)index / 4, target);
    }
    if (!whole) {
      const int64_t from = index < first ? first - index : 0;
      const int64_t to = index + step > first + count ? first + count - index : step;
      memcpy(d + (index + from - first), group + from, (size_t)(to - from) * sizeof(float));
    }
    index += step;
  }
}
