#include "standard_library.h"

static const unsigned char dragan[] = {
#embed "dragan.gan"
};
static const unsigned char gan[] = {
#embed "gan.gan"
};
static const unsigned char objectives[] = {
#embed "objectives.gan"
};
static const unsigned char penalties[] = {
#embed "penalties.gan"
};
static const unsigned char training[] = {
#embed "training.gan"
};

static const standard_module standard_modules[] = {
    {"dragan", dragan, sizeof dragan},
    {"gan", gan, sizeof gan},
    {"objectives", objectives, sizeof objectives},
    {"penalties", penalties, sizeof penalties},
    {"training", training, sizeof training},
};
const size_t standard_module_count = sizeof standard_modules / sizeof standard_modules[0];

const standard_module *standard_module_table(void) { return standard_modules; }
