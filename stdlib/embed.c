#include "standard_library.h"

static const unsigned char gan[] = {
#embed "gan.gan"
};

const standard_module standard_modules[] = {
    {"gan", gan, sizeof gan},
};
const size_t standard_module_count = sizeof standard_modules / sizeof standard_modules[0];
