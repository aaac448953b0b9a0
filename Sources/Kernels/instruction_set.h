// Everything, for one instruction set. NAME(x) is x with the set's suffix.
#include "mathematics.h"
#include "random.h"
#include "tiles.h"
#include "products.h"
#include "movement.h"

#undef LARGEST_ANGLE
#undef BLOCKS
#undef LOOP
#undef UNARY
#undef BINARY
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
