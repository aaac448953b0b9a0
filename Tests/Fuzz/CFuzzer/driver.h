// libFuzzer as a library (libclang_rt.fuzzer_no_main of the toolchain).
#pragma once
#include <stddef.h>
#include <stdint.h>

// Runs libFuzzer with these arguments; `test` is called with each input, and answers 0.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
