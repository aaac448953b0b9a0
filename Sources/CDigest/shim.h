#ifndef GAN_CDIGEST_SHIM_H
#define GAN_CDIGEST_SHIM_H

#include <stdint.h>
#include <sys/types.h>

#include <sha1.h>
#include <sha2.h>

#endif
