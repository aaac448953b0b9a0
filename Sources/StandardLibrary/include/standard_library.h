#pragma once
#include <stddef.h>

/// One module of the standard library: its name ("gan") and its source text, not zero-terminated.
typedef struct {
  const char *name;
  const unsigned char *text;
  size_t length;
} standard_module;

/// The modules built into the program, and how many there are.
const standard_module *standard_module_table(void);
extern const size_t standard_module_count;

/// The lessons of docs/lessons, named by their files ("01_values"), in their order.
const standard_module *standard_lesson_table(void);
extern const size_t standard_lesson_count;

/// Bytes built into the program.
typedef struct {
  const unsigned char *bytes;
  size_t length;
} embedded_bytes;

/// The handwritten digits, as stdlib/digits says.
extern const embedded_bytes standard_digits;
