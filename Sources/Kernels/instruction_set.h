// Everything, for one instruction set. NAME(x) is x with the set's suffix.
#include "mathematics.h"
#include "random.h"
#include "tiles.h"
#include "programs.h"
#include "product_tiles.h"
#include "products.h"
#include "vector_products.h"
#include "winograd.h"
#include "winograd_direct.h"
#include "winograd_input.h"
#include "winograd_output.h"
#include "winograd_filter.h"
#include "movement.h"

static const instruction_set NAME(kernels) = {
#define KERNEL(result, name, parameters, arguments) .name = NAME(name),
#include "kernel_list.h"
};

#undef LARGEST_ANGLE
#undef BLOCKS
#undef LOOP
#undef WIDE
#undef PRAGMA
#undef FORMS
#undef ONE
#undef TWO
#undef LANES
#undef FOLD
#undef PLUS
#undef REDUCE
#undef STRIP
#undef REDUCE_ROWS
#undef TILE_COLUMNS
#undef FOR_EACH_RUN
#undef RARE
#undef COPY_SQUARE
#undef INLINE
#undef LOW
#undef HIGH
#undef VECTORS
#undef POINTS
#undef FOR_EACH_TILE
#undef UNROLLED
#undef WITH_POINTS
#undef WITH_TAPS
