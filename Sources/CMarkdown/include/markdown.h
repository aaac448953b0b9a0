#ifndef GAN_MARKDOWN_H
#define GAN_MARKDOWN_H

#include <stddef.h>

/// The kinds of nodes that a visitor is shown.
enum markdown_node {
  markdown_image,
  markdown_heading,
};

/// Called once for each picture and heading, in the order of the text. Of a picture `text` is the address and `plain` what stands for it; of a
/// heading `text` is empty and `plain` its words, without marks. What it returns is released with `free`: the address of a picture, or NULL to
/// show it as a link instead; for a heading it is not looked at.
typedef char *(*markdown_visitor)(enum markdown_node node, const char *text, const char *plain, void *context);

/// The HTML of a text in GitHub's Markdown (tables, struck-out text, task lists, addresses as links, footnotes): HTML in it is shown as text. The
/// caller releases it with `free`; NULL where there is no memory.
char *markdown_html(const char *text, size_t length, markdown_visitor visitor, void *context);

#endif
