#pragma once
#include <stddef.h>

/// One file of the page that `gan lab` serves: its path ("/page.css"; "/" is the page itself), its media type, and its bytes, not zero-terminated.
typedef struct {
  const char *path;
  const char *type;
  const unsigned char *text;
  size_t length;
} lab_page_file;

/// The files of the page, and how many there are.
const lab_page_file *lab_page_files(void);
extern const size_t lab_page_file_count;
