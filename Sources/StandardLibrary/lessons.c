// Written by stdlib/embed.
#include "standard_library.h"

static const unsigned char lesson_01_values[] = {
#embed "../../docs/lessons/01_values.gan"
};

static const unsigned char lesson_02_by_hand[] = {
#embed "../../docs/lessons/02_by_hand.gan"
};

static const unsigned char lesson_03_ring[] = {
#embed "../../docs/lessons/03_ring.gan"
};

static const unsigned char lesson_04_landscape[] = {
#embed "../../docs/lessons/04_landscape.gan"
};

static const unsigned char lesson_05_collapse[] = {
#embed "../../docs/lessons/05_collapse.gan"
};

static const unsigned char lesson_06_penalties[] = {
#embed "../../docs/lessons/06_penalties.gan"
};

static const unsigned char lesson_07_digits[] = {
#embed "../../docs/lessons/07_digits.gan"
};

static const unsigned char lesson_08_keeping[] = {
#embed "../../docs/lessons/08_keeping.gan"
};

static const unsigned char lesson_09_own[] = {
#embed "../../docs/lessons/09_own.gan"
};

static const standard_module standard_lessons[] = {
    {"01_values", lesson_01_values, sizeof lesson_01_values},
    {"02_by_hand", lesson_02_by_hand, sizeof lesson_02_by_hand},
    {"03_ring", lesson_03_ring, sizeof lesson_03_ring},
    {"04_landscape", lesson_04_landscape, sizeof lesson_04_landscape},
    {"05_collapse", lesson_05_collapse, sizeof lesson_05_collapse},
    {"06_penalties", lesson_06_penalties, sizeof lesson_06_penalties},
    {"07_digits", lesson_07_digits, sizeof lesson_07_digits},
    {"08_keeping", lesson_08_keeping, sizeof lesson_08_keeping},
    {"09_own", lesson_09_own, sizeof lesson_09_own},
};
const size_t standard_lesson_count = sizeof standard_lessons / sizeof standard_lessons[0];

const standard_module *standard_lesson_table(void) { return standard_lessons; }
