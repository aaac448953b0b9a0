#ifndef GAN_CEDIT_SHIM_H
#define GAN_CEDIT_SHIM_H

#include <histedit.h>
#include <stdio.h>

// Swift cannot call functions with variable arguments; each use of them has its own name here.

typedef int (*gan_edit_read_function)(EditLine *, wchar_t *);
typedef unsigned char (*gan_edit_command_function)(EditLine *, int);

/// libedit sets up the terminal behind descriptors 0 and 1, and draws into `nowhere`: the screen is ours.
static inline EditLine *gan_edit_start(const char *program, FILE *nowhere) {
  return el_init_fd(program, stdin, nowhere, nowhere, 0, 1, 2);
}

static inline void gan_edit_set_owner(EditLine *e, void *owner) { el_set(e, EL_CLIENTDATA, owner); }

static inline void *gan_edit_owner(EditLine *e) {
  void *owner = NULL;
  el_get(e, EL_CLIENTDATA, &owner);
  return owner;
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

/// A mode of the terminal while an entry is edited: "-ixon".
static inline void gan_edit_set_mode(EditLine *e, const char *mode) { el_set(e, EL_SETTY, "-d", mode, NULL); }

/// Does what a line of `.editrc` says, unless it chooses between the keys of emacs and vi, which forgets all other keys.
static inline void gan_edit_obey(EditLine *e, const char *line) {
  Tokenizer *tokens = tok_init(NULL);
  int count = 0;
  const char **words = NULL;
  if (tokens != NULL && tok_str(tokens, line, &count, &words) == 0 && count > 0) {
    int chooses = 0;
    for (int i = 1; i < count; i++)
      if (words[i][0] == '-' && (words[i][1] == 'v' || words[i][1] == 'e') && words[i][2] == 0) chooses = 1;
    if (!chooses) el_parse(e, count, words);
  }
  if (tokens != NULL) tok_end(tokens);
}

/// The screen that libedit believes in.
static inline void gan_edit_set_size(EditLine *e, const char *rows, const char *columns) {
  el_set(e, EL_SETTC, "li", rows, NULL);
  el_set(e, EL_SETTC, "co", columns, NULL);
}

/// libedit calls the history's function without asking whether there is one. Ours is not libedit's: it sees one without entries.
static inline void gan_edit_use_history(EditLine *e, History *h) { el_set(e, EL_HIST, history, h); }

static inline void gan_edit_set_raw(EditLine *e, int raw) { el_set(e, EL_PREP_TERM, raw); }

static inline void gan_edit_redraw(EditLine *e) { el_set(e, EL_REFRESH); }

#endif
