// Functions of one number, written without branches so that the compiler makes vectors of them. Each is right at infinities,
// NaN and denormals, and within about 2 units in the last place elsewhere. Included once for each instruction set.

static inline float NAME(bits_as_float)(int32_t bits) {
  float x;
  memcpy(&x, &bits, 4);
  return x;
}

static inline int32_t NAME(float_as_bits)(float x) {
  int32_t bits;
  memcpy(&bits, &x, 4);
  return bits;
}

// Of NaN comes an n that no float has as its exponent: shifted without a sign, as all of C's shifts are defined.
static inline float NAME(power_of_two)(int32_t n) { return NAME(bits_as_float)((int32_t)((uint32_t)(n + 127) << 23)); }

static inline float NAME(exp)(float x) {
  // x = n ln 2 + r; eʳ by its Taylor polynomial (|r| ≤ 0.347); 2ⁿ in two factors, for denormal results.
  float y = x < -105.0f ? -105.0f : x;
  y = y > 89.0f ? 89.0f : y;
  const float shifted = y * 1.44269504088896341f + 12582912.0f;  // 1.5 · 2²³: the low bits hold the rounded whole number.
  const int32_t n = NAME(float_as_bits)(shifted) - 0x4B400000;
  const float whole = shifted - 12582912.0f;
  float r = y - whole * 0.693145751953125f;
  r = r - whole * 1.42860676533018704e-6f;
  float p = 1.9841270e-4f;
  p = p * r + 1.3888889e-3f;
  p = p * r + 8.3333333e-3f;
  p = p * r + 4.1666667e-2f;
  p = p * r + 1.6666667e-1f;
  p = p * r + 0.5f;
  p = p * (r * r) + r + 1.0f;
  const int32_t half = n >> 1;
  p = p * NAME(power_of_two)(half) * NAME(power_of_two)(n - half);
  return x != x ? x : p;
}

/// The natural logarithm of 2ᵏ (1 + f) for f in √½ − 1 … √2 − 1 (the method of FreeBSD's logf).
static inline float NAME(log_parts)(float f, float k) {
  const float s = f / (2.0f + f);
  const float z = s * s;
  const float w = z * z;
  const float t1 = w * (0.40000972152f + w * 0.24279078841f);
  const float t2 = z * (0.66666662693f + w * 0.28498786688f);
  const float half = 0.5f * f * f;
  return k * 9.0580006145e-06f + s * (half + (t1 + t2)) - half + f + k * 6.9313812256e-01f;
}

/// The f and k of which a number is 2ᵏ (1 + f), as `log_parts` takes them.
static inline float NAME(log_fraction)(float x, float *k) {
  const bool denormal = x < 1.17549435e-38f;
  const float y = denormal ? x * 33554432.0f : x;  // 2²⁵
  // Without a sign, as the bits of NaN are near its limit.
  const uint32_t bits = (uint32_t)NAME(float_as_bits)(y) + (0x3f800000 - 0x3f3504f3);
  *k = (float)((int32_t)((bits >> 23) & 255) - 127 - (denormal ? 25 : 0));
  return NAME(bits_as_float)((int32_t)((bits & 0x007fffff) + 0x3f3504f3)) - 1.0f;
}

/// What a logarithm is at 0, infinity and NaN, and below 0.
static inline float NAME(log_ends)(float x, float result) {
  result = x == INFINITY ? x : result;
  result = x == 0.0f ? -INFINITY : result;
  return (x < 0.0f || x != x) ? NAN : result;
}

static inline float NAME(log)(float x) {
  float k;
  const float f = NAME(log_fraction)(x, &k);
  return NAME(log_ends)(x, NAME(log_parts)(f, k));
}

// To other bases the sum is rounded once, so that powers of 2 and of 10 have whole logarithms.
static inline float NAME(log2)(float x) {
  float k;
  const float f = NAME(log_fraction)(x, &k);
  return NAME(log_ends)(x, (float)((double)NAME(log_parts)(f, 0.0f) * 1.4426950408889634 + (double)k));
}

static inline float NAME(log10)(float x) {
  float k;
  const float f = NAME(log_fraction)(x, &k);
  return NAME(log_ends)(
      x, (float)((double)NAME(log_parts)(f, 0.0f) * 0.43429448190325183 + (double)k * 0.30102999566398120));
}

/// log(1 + u) for u in 0 … 1.
static inline float NAME(log_one_plus)(float u) {
  const bool high = u > 0.41421356f;
  return NAME(log_parts)(high ? 0.5f * u - 0.5f : u, high ? 1.0f : 0.0f);
}

static inline float NAME(sigmoid)(float x) {
  const float t = NAME(exp)(-fabsf(x));
  const float s = 1.0f / (1.0f + t);
  return x < 0.0f ? t * s : s;
}

static inline float NAME(softplus)(float x) {
  const float rest = NAME(log_one_plus)(NAME(exp)(-fabsf(x)));
  return (x < 0.0f ? 0.0f : x) + rest;
}

static inline float NAME(tanh)(float x) {
  const float a = fabsf(x);
  const float z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  const float near = p * z * x + x;
  const float far = copysignf(1.0f - 2.0f / (NAME(exp)(2.0f * a) + 1.0f), x);
  return a < 0.625f ? near : far;
}

static inline float NAME(erf)(float x) {
  // x + x P(x²) near 0, 1 − exp(−t − t Q(t)) of t = |x| beyond. Both polynomials are minimax: P for the relative error of erf, Q, on
  // 15/16 … 4, for the error of log erfc(t) as it shows in erf. From t = 4 on the result is 1 to the last bit.
  const float z = x * x;
  float p = -5.91941876e-4f;
  p = p * z + 4.97913081e-3f;
  p = p * z - 2.67570354e-2f;
  p = p * z + 1.12815522e-1f;
  p = p * z - 3.7612468e-1f;
  p = p * z + 1.28379151e-1f;
  const float near = p * x + x;
  const float t = fabsf(x) > 4.0f ? 4.0f : fabsf(x);
  float q = 1.18904818e-5f;
  q = q * t - 3.2942195e-4f;
  q = q * t + 3.66945774e-3f;
  q = q * t - 2.38193721e-2f;
  q = q * t + 1.0630367e-1f;
  q = q * t + 6.35110736e-1f;
  q = q * t + 1.28658518e-1f;
  const float far = copysignf(1.0f - NAME(exp)(-(q * t + t)), x);
  return fabsf(x) < 0.9375f ? near : far;
}

/// sin and cos of π/2 · f for |f| ≤ ½, then turned by `quadrant` quarters.
static inline float NAME(sine_of_quarters)(float f, int32_t quadrant) {
  const float r = f * 1.57079632679489662f;
  const float z = r * r;
  float s = 2.7557319e-6f;
  s = s * z - 1.9841270e-4f;
  s = s * z + 8.3333333e-3f;
  s = s * z - 1.6666667e-1f;
  s = s * z * r + r;
  float c = 2.4801587e-5f;
  c = c * z - 1.3888889e-3f;
  c = c * z + 4.1666667e-2f;
  c = c * z * z - 0.5f * z + 1.0f;
  const float value = (quadrant & 1) ? c : s;
  return (quadrant & 2) ? -value : value;
}

/// Beyond this the quarters are counted by the C library.
#define LARGEST_ANGLE 1.0e6f

static inline float NAME(sine)(float x, int32_t turn) {
  const double quarters = (double)x * 0.63661977236758134308;
  const double shifted = quarters + 6755399441055744.0;  // 1.5 · 2⁵²
  int64_t bits;
  memcpy(&bits, &shifted, 8);
  const float f = (float)(quarters - (shifted - 6755399441055744.0));
  return NAME(sine_of_quarters)(f, (int32_t)bits + turn);
}

static inline float NAME(sign)(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x == 0.0f ? 0.0f : x; }

/// The remainder with the sign of the divisor.
static inline float NAME(remainder)(float x, float y) {
  const float rest = fmodf(x, y);
  return rest != 0.0f && (rest < 0.0f) != (y < 0.0f) ? rest + y : rest;
}

static inline float NAME(greater_of)(float a, float b) { return (a > b || a != a) ? a : b; }
static inline float NAME(smaller_of)(float a, float b) { return (a < b || a != a) ? a : b; }
