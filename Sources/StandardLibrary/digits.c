#include "standard_library.h"

static const unsigned char bytes[] = {
#embed "../../stdlib/digits/digits.gz"
};

const embedded_bytes standard_digits = {bytes, sizeof bytes};
