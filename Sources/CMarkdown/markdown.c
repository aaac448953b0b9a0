#include "markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static const int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8;

/// A node with the same words as HTML that stands in the text: shown, not obeyed.
static cmark_node *shown(cmark_node *html, int is_block) {
  const char *literal = cmark_node_get_literal(html);
  cmark_node *node = cmark_node_new(is_block ? CMARK_NODE_CODE_BLOCK : CMARK_NODE_TEXT);
  if (node != NULL) cmark_node_set_literal(node, literal == NULL ? "" : literal);
  return node;
}

/// The words of a heading or of what stands for a picture.
static char *plain_text(cmark_node *node) {
  size_t length = 0, room = 64;
  char *text = malloc(room);
  if (text == NULL) return NULL;
  cmark_iter *iterator = cmark_iter_new(node);
  cmark_event_type event;
  while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
    cmark_node *part = cmark_iter_get_node(iterator);
    const char *words = NULL;
    switch (cmark_node_get_type(part)) {
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: words = " "; break;
    default: words = event == CMARK_EVENT_ENTER ? cmark_node_get_literal(part) : NULL;
    }
    if (words == NULL) continue;
    size_t count = strlen(words);
    if (length + count + 1 > room) {
      room = (length + count + 1) * 2;
      char *larger = realloc(text, room);
      if (larger == NULL) break;
      text = larger;
    }
    memcpy(text + length, words, count);
    length += count;
  }
  cmark_iter_free(iterator);
  text[length] = 0;
  return text;
}

/// A link in place of a picture, with its words.
static void make_link(cmark_node *image) {
  cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
  if (link == NULL) return;
  cmark_node_set_url(link, cmark_node_get_url(image));
  if (cmark_node_first_child(image) == NULL) {
    cmark_node *words = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(words, cmark_node_get_url(image));
    cmark_node_append_child(link, words);
  }
  for (cmark_node *child; (child = cmark_node_first_child(image)) != NULL;) cmark_node_append_child(link, child);
  cmark_node_replace(image, link);
  cmark_node_free(image);
}

/// All nodes of a kind, collected before any of them is changed.
static cmark_node **nodes(cmark_node *root, size_t *count) {
  size_t room = 64;
  cmark_node **all = malloc(room * sizeof *all);
  *count = 0;
  if (all == NULL) return NULL;
  cmark_iter *iterator = cmark_iter_new(root);
  cmark_event_type event;
  while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
    if (event != CMARK_EVENT_ENTER) continue;
    cmark_node *node = cmark_iter_get_node(iterator);
    cmark_node_type type = cmark_node_get_type(node);
    if (type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_IMAGE && type != CMARK_NODE_HEADING) continue;
    if (*count == room) {
      cmark_node **larger = realloc(all, (room *= 2) * sizeof *all);
      if (larger == NULL) break;
      all = larger;
    }
    all[(*count)++] = node;
  }
  cmark_iter_free(iterator);
  return all;
}

static void visit(cmark_node *root, markdown_visitor visitor, void *context) {
  size_t count;
  cmark_node **all = nodes(root, &count);
  for (size_t place = 0; place < count; place++) {
    cmark_node *node = all[place];
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
      cmark_node *text = shown(node, type == CMARK_NODE_HTML_BLOCK);
      if (text != NULL && cmark_node_replace(node, text)) cmark_node_free(node);
      continue;
    }
    char *plain = plain_text(node);
    int is_image = type == CMARK_NODE_IMAGE;
    const char *url = is_image ? cmark_node_get_url(node) : "";
    char *answer = visitor(is_image ? markdown_image : markdown_heading, url == NULL ? "" : url, plain == NULL ? "" : plain, context);
    free(plain);
    if (is_image && answer != NULL) cmark_node_set_url(node, answer);
    if (is_image && answer == NULL) make_link(node);
    free(answer);
  }
  free(all);
}

char *markdown_html(const char *text, size_t length, markdown_visitor visitor, void *context) {
  pthread_once(&once, cmark_gfm_core_extensions_ensure_registered);
  cmark_parser *parser = cmark_parser_new(options);
  if (parser == NULL) return NULL;
  static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};
  for (size_t place = 0; place < sizeof names / sizeof *names; place++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(names[place]);
    if (extension != NULL) cmark_parser_attach_syntax_extension(parser, extension);
  }
  cmark_parser_feed(parser, text, length);
  cmark_node *root = cmark_parser_finish(parser);
  char *html = NULL;
  if (root != NULL) {
    visit(root, visitor, context);
    html = cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser));
    cmark_node_free(root);
  }
  cmark_parser_free(parser);
  return html;
}
