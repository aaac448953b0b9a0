#include "thread.h"

_Thread_local void *gan_thread_engine;
