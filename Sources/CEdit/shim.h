#ifndef GAN_CEDIT_SHIM_H
#define GAN_CEDIT_SHIM_H

#include <histedit.h>
#include <stdio.h>

// Swift cannot call functions with variable arguments; each use of them has its own name here.

typedef char *(*gan_edit_prompt_function)(EditLine *);
typedef int (*gan_edit_read_function)(EditLine *, wchar_t *);
typedef unsigned char (*gan_edit_command_function)(EditLine *, int);

static inline EditLine *gan_edit_start(const char *program) { return el_init(program, stdin, stdout, stderr); }

static inline void gan_edit_set_owner(EditLine *e, void *owner) { el_set(e, EL_CLIENTDATA, owner); }

static inline void *gan_edit_owner(EditLine *e) {
  void *owner = NULL;
  el_get(e, EL_CLIENTDATA, &owner);
  return owner;
}

static inline void gan_edit_set_prompt(EditLine *e, gan_edit_prompt_function f, char escape) {
  el_set(e, EL_PROMPT_ESC, f, escape);
}

static inline void gan_edit_set_reader(EditLine *e, gan_edit_read_function f) { el_set(e, EL_GETCFN, f); }

static inline void gan_edit_set_editor(EditLine *e, const char *name) { el_set(e, EL_EDITOR, name); }

static inline int gan_edit_is_vi(EditLine *e) {
  const char *name = NULL;
  el_get(e, EL_EDITOR, &name);
  return name != NULL && name[0] == 'v';
}

static inline void gan_edit_add_command(
    EditLine *e, const char *name, const char *help, gan_edit_command_function f) {
  el_set(e, EL_ADDFN, name, help, f);
}

static inline void gan_edit_bind(EditLine *e, const char *key, const char *command) {
  el_set(e, EL_BIND, key, command, NULL);
}

/// Binds in the map of vi's command mode.
static inline void gan_edit_bind_alternative(EditLine *e, const char *key, const char *command) {
  el_set(e, EL_BIND, "-a", key, command, NULL);
}

static inline void gan_edit_use_history(EditLine *e, History *h) { el_set(e, EL_HIST, history, h); }

static inline void gan_edit_set_raw(EditLine *e, int raw) { el_set(e, EL_PREP_TERM, raw); }

static inline void gan_edit_redraw(EditLine *e) { el_set(e, EL_REFRESH); }

static inline void gan_edit_write(EditLine *e, const char *text) {
  (void)e;
  fputs(text, stdout);
  fflush(stdout);
}

static inline void gan_history_set_size(History *h, int size) {
  HistEvent event;
  history(h, &event, H_SETSIZE, size);
}

static inline void gan_history_add(History *h, const char *text) {
  HistEvent event;
  history(h, &event, H_ENTER, text);
}

#endif
