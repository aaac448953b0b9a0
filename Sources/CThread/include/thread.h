// What a thread knows of itself, as cheap as a global variable.
#pragma once
#include <stdint.h>

// The engine that the thread has entered. It is found by an offset that is known once the program is loaded: no call is made for it.
extern _Thread_local void *gan_thread_engine __attribute__((tls_model("initial-exec")));

static inline void *gan_entered_engine(void) { return gan_thread_engine; }
static inline void gan_set_entered_engine(void *engine) { gan_thread_engine = engine; }

// A number that no other running thread has; never 0.
static inline uintptr_t gan_thread_number(void) { return (uintptr_t)&gan_thread_engine; }
