/// The system's libzmq, loaded when the kernel of Jupyter needs it and never before.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The kinds of sockets that a kernel has, as libzmq numbers them.
enum { GAN_ZMQ_REP = 4, GAN_ZMQ_ROUTER = 6, GAN_ZMQ_XPUB = 9 };

/// The options that a kernel sets, as libzmq numbers them.
enum {
  GAN_ZMQ_LINGER = 17,
  GAN_ZMQ_MAXMSGSIZE = 22,
  GAN_ZMQ_SNDHWM = 23,
  GAN_ZMQ_XPUB_VERBOSE = 40,
  GAN_ZMQ_CURVE_SERVER = 47,
  GAN_ZMQ_CURVE_PUBLICKEY = 48,
  GAN_ZMQ_CURVE_SECRETKEY = 49,
};

/// One frame of a message that was received; 64 bytes, whatever it holds.
typedef struct {
  _Alignas(8) unsigned char storage[64];
} gan_zmq_frame;

/// A socket, or a descriptor of the system's where `socket` is NULL, that is waited for.
typedef struct {
  void *socket;
  int descriptor;
  bool is_ready;
} gan_zmq_wait;

/// Loads the library, once; thread-safe. False where there is none.
bool gan_zmq_load(void);

// All others only after `gan_zmq_load` gave true. A socket is used by one thread.

/// What an error number of the library's or the system's means.
const char *gan_zmq_reason(int code);
/// The error number of the call that failed last in this thread.
int gan_zmq_error(void);

/// A context, in which sockets are made; NULL where there is none to be had.
void *gan_zmq_context(void);
/// Ends a context whose sockets are closed; waits until what they have sent is on its way, for as long as they linger.
void gan_zmq_end(void *context);

/// A socket of a kind; NULL where there is none to be had.
void *gan_zmq_socket(void *context, int kind);
void gan_zmq_close(void *socket);
bool gan_zmq_set(void *socket, int option, const void *value, size_t size);
bool gan_zmq_bind(void *socket, const char *endpoint);

/// Sends a frame; `is_last` unless others of the same message follow. Never waits; false where it could not be sent.
bool gan_zmq_send(void *socket, const void *bytes, size_t count, bool is_last);

/// Receives the next frame, if there is one. It is given back by `gan_zmq_release`.
bool gan_zmq_receive(void *socket, gan_zmq_frame *frame);
const void *gan_zmq_bytes(gan_zmq_frame *frame);
size_t gan_zmq_count(gan_zmq_frame *frame);
/// Whether another frame of the same message follows.
bool gan_zmq_has_more(gan_zmq_frame *frame);
void gan_zmq_release(gan_zmq_frame *frame);

/// Waits until one of them can be read from, or so many milliseconds have passed (-1: for ever); marks those that can.
void gan_zmq_poll(gan_zmq_wait *waits, int count, long milliseconds);
