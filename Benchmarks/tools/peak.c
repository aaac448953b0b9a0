/// The most multiplications and additions a second that this machine's processors can do in 32 bits: fused multiply-adds on registers alone,
/// in chains enough to hide their latency. Prints `peak_one` and `peak_all`, GF/s of one thread and of one on each processor.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

enum { CHAINS = 12, ROUNDS = 1 << 22, MOST_THREADS = 256 };

// acc = acc · a + b, in twelve independent chains of vectors of WIDTH numbers. The result is returned so that the work is needed.
#define DEFINE_CHAINS(NAME, WIDTH, TARGET)                                                                                     \
  typedef float NAME##_vector __attribute__((vector_size(4 * WIDTH)));                                                         \
  TARGET static float NAME(void) {                                                                                             \
    NAME##_vector a, b, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11;                                                      \
    for (int i = 0; i < WIDTH; i++) (a[i] = 0.999f), (b[i] = 0.001f * (float)i);                                               \
    c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = c8 = c9 = c10 = c11 = b;                                                           \
    for (long round = 0; round < ROUNDS; round++) {                                                                            \
      c0 = c0 * a + b, c1 = c1 * a + b, c2 = c2 * a + b, c3 = c3 * a + b, c4 = c4 * a + b, c5 = c5 * a + b;                    \
      c6 = c6 * a + b, c7 = c7 * a + b, c8 = c8 * a + b, c9 = c9 * a + b, c10 = c10 * a + b, c11 = c11 * a + b;                \
      __asm__ volatile("" : "+" REGISTER(c0), "+" REGISTER(c1), "+" REGISTER(c2), "+" REGISTER(c3), "+" REGISTER(c4),          \
                       "+" REGISTER(c5), "+" REGISTER(c6), "+" REGISTER(c7), "+" REGISTER(c8), "+" REGISTER(c9),               \
                       "+" REGISTER(c10), "+" REGISTER(c11));                                                                  \
    }                                                                                                                          \
    const NAME##_vector sum = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;                                     \
    return sum[0];                                                                                                             \
  }

#if defined(__x86_64__)
#define REGISTER(c) "v"(c)
DEFINE_CHAINS(chains_512, 16, __attribute__((target("avx512f"))))
#undef REGISTER
#define REGISTER(c) "x"(c)
DEFINE_CHAINS(chains_256, 8, __attribute__((target("avx2,fma"))))
DEFINE_CHAINS(chains_128, 4, )
#else
#define REGISTER(c) "w"(c)
DEFINE_CHAINS(chains_128, 4, )
#endif

typedef struct {
  float (*run)(void);
  int width;
} Chains;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void *run(void *chains) {
  volatile float result = ((Chains *)chains)->run();
  (void)result;
  return NULL;
}

/// GF/s of so many threads, the best of several tries.
static double rate(Chains chains, int threads) {
  double best = 0;
  for (int attempt = 0; attempt < 8; attempt++) {
    pthread_t others[MOST_THREADS];
    const double start = now();
    int started = 0;
    for (int i = 1; i < threads; i++) started += pthread_create(&others[started], NULL, run, &chains) == 0;
    run(&chains);
    for (int i = 0; i < started; i++) pthread_join(others[i], NULL);
    const double flops = 2.0 * CHAINS * chains.width * ROUNDS * (started + 1);
    const double found = flops / (now() - start) / 1e9;
    if (found > best) best = found;
  }
  return best;
}

int main(void) {
  Chains chains = {chains_128, 4};
#if defined(__x86_64__)
  __builtin_cpu_init();
  // Some processors run 512-bit instructions in two halves: what is faster counts.
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) chains = (Chains){chains_256, 8};
  if (__builtin_cpu_supports("avx512f") && rate((Chains){chains_512, 16}, 1) > rate(chains, 1)) chains = (Chains){chains_512, 16};
#endif
  cpu_set_t set;
  int processors = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  if (processors > MOST_THREADS) processors = MOST_THREADS;
  printf("peak_one %.1f\npeak_all %.1f\n", rate(chains, 1), rate(chains, processors));
  return 0;
}
