#include "CZMQ.h"

#include <dlfcn.h>
#include <pthread.h>

// What libzmq's interface is, of which the binary form is fixed by the version in the library's name; so its headers need not be there.

typedef struct {
  void *socket;
  int fd;
  short events;
  short revents;
} zmq_pollitem_t;

enum { ZMQ_POLLIN = 1, ZMQ_DONTWAIT = 1, ZMQ_SNDMORE = 2, MOST_WAITS = 8 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_loaded = false;

static int (*zmq_errno)(void);
static const char *(*zmq_strerror)(int);
static void *(*zmq_ctx_new)(void);
static int (*zmq_ctx_term)(void *);
static void *(*zmq_socket)(void *, int);
static int (*zmq_close)(void *);
static int (*zmq_setsockopt)(void *, int, const void *, size_t);
static int (*zmq_bind)(void *, const char *);
static int (*zmq_send)(void *, const void *, size_t, int);
static int (*zmq_msg_init)(gan_zmq_frame *);
static int (*zmq_msg_recv)(gan_zmq_frame *, void *, int);
static void *(*zmq_msg_data)(gan_zmq_frame *);
static size_t (*zmq_msg_size)(const gan_zmq_frame *);
static int (*zmq_msg_more)(const gan_zmq_frame *);
static int (*zmq_msg_close)(gan_zmq_frame *);
static int (*zmq_poll)(zmq_pollitem_t *, int, long);

static void load(void) {
  void *library = dlopen("libzmq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
#define FIND(name) \
  if ((name = (__typeof__(name))dlsym(library, #name)) == NULL) return
  FIND(zmq_errno);
  FIND(zmq_strerror);
  FIND(zmq_ctx_new);
  FIND(zmq_ctx_term);
  FIND(zmq_socket);
  FIND(zmq_close);
  FIND(zmq_setsockopt);
  FIND(zmq_bind);
  FIND(zmq_send);
  FIND(zmq_msg_init);
  FIND(zmq_msg_recv);
  FIND(zmq_msg_data);
  FIND(zmq_msg_size);
  FIND(zmq_msg_more);
  FIND(zmq_msg_close);
  FIND(zmq_poll);
#undef FIND
  is_loaded = true;
}

bool gan_zmq_load(void) {
  pthread_once(&once, load);
  return is_loaded;
}

const char *gan_zmq_reason(int code) { return zmq_strerror(code); }
int gan_zmq_error(void) { return zmq_errno(); }
void *gan_zmq_context(void) { return zmq_ctx_new(); }
void gan_zmq_end(void *context) { zmq_ctx_term(context); }
void *gan_zmq_socket(void *context, int kind) { return zmq_socket(context, kind); }
void gan_zmq_close(void *socket) { zmq_close(socket); }

bool gan_zmq_set(void *socket, int option, const void *value, size_t size) {
  return zmq_setsockopt(socket, option, value, size) == 0;
}

bool gan_zmq_bind(void *socket, const char *endpoint) { return zmq_bind(socket, endpoint) == 0; }

bool gan_zmq_send(void *socket, const void *bytes, size_t count, bool is_last) {
  return zmq_send(socket, bytes, count, ZMQ_DONTWAIT | (is_last ? 0 : ZMQ_SNDMORE)) >= 0;
}

bool gan_zmq_receive(void *socket, gan_zmq_frame *frame) {
  if (zmq_msg_init(frame) != 0) return false;
  if (zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) >= 0) return true;
  zmq_msg_close(frame);
  return false;
}

const void *gan_zmq_bytes(gan_zmq_frame *frame) { return zmq_msg_data(frame); }
size_t gan_zmq_count(gan_zmq_frame *frame) { return zmq_msg_size(frame); }
bool gan_zmq_has_more(gan_zmq_frame *frame) { return zmq_msg_more(frame) != 0; }
void gan_zmq_release(gan_zmq_frame *frame) { zmq_msg_close(frame); }

void gan_zmq_poll(gan_zmq_wait *waits, int count, long milliseconds) {
  zmq_pollitem_t items[MOST_WAITS];
  if (count > MOST_WAITS) count = MOST_WAITS;
  for (int i = 0; i < count; i++) {
    items[i] = (zmq_pollitem_t){.socket = waits[i].socket, .fd = waits[i].descriptor, .events = ZMQ_POLLIN};
    waits[i].is_ready = false;
  }
  if (zmq_poll(items, count, milliseconds) < 0) return;
  for (int i = 0; i < count; i++) waits[i].is_ready = items[i].revents != 0;
}
