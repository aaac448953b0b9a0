// Written by stdlib/embed.
#include "standard_library.h"

static const unsigned char lesson_01_values[] = {
#embed "../../docs/lessons/01_values.gan"
};

static const unsigned char lesson_02_by_hand[] = {
#embed "../../docs/lessons/02_by_hand.gan"
};

static const standard_module standard_lessons[] = {
    {"01_values", lesson_01_values, sizeof lesson_01_values},
    {"02_by_hand", lesson_02_by_hand, sizeof lesson_02_by_hand},
};
const size_t standard_lesson_count = sizeof standard_lessons / sizeof standard_lessons[0];

const standard_module *standard_lesson_table(void) { return standard_lessons; }
