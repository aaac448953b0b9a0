// Programs over tiles: loads, functions, stores and reductions (tiles.h). Included once for each instruction set.

/// A place in the outer axes of a space (all but the last), and how far a strided operand is there.
typedef struct {
  int64_t index[GAN_MAXIMUM_RANK];
} NAME(place);

static void NAME(place_at)(NAME(place) * place, const gan_program *p, int64_t row) {
  for (int32_t axis = p->rank - 2; axis >= 0; axis--) {
    place->index[axis] = row % p->sizes[axis];
    row /= p->sizes[axis];
  }
}

static inline int64_t NAME(distance)(const NAME(place) * place, const int64_t *strides, int32_t rank) {
  int64_t distance = 0;
  for (int32_t axis = 0; axis < rank - 1; axis++) distance += place->index[axis] * strides[axis];
  return distance;
}

/// The change of the distance when the place goes to the next row.
static inline int64_t NAME(advance)(NAME(place) * place, const gan_program *p, const int64_t *strides) {
  int64_t change = 0;
  for (int32_t axis = p->rank - 2; axis >= 0; axis--) {
    change += strides[axis];
    if (++place->index[axis] < p->sizes[axis]) return change;
    change -= p->sizes[axis] * strides[axis];
    place->index[axis] = 0;
  }
  return change;
}

static void NAME(load_rows)(float *d, const gan_program *p, const gan_load *load, const float *base, NAME(place) place, int64_t rows,
                            int64_t first_column, int64_t columns) {
  const int64_t step = load->strides[p->rank - 1];
  const float *s = base + load->offset + NAME(distance)(&place, load->strides, p->rank) + first_column * step;
  // Two axes of a transposed operand: runs along the rows are contiguous in memory, so go down them.
  if (p->rank >= 2 && step != 1 && step != 0 && rows >= 4 && load->strides[p->rank - 2] == 1 &&
      place.index[p->rank - 2] + rows <= p->sizes[p->rank - 2]) {
    for (int64_t r0 = 0; r0 < rows; r0 += 16) {
      const int64_t r1 = r0 + 16 < rows ? r0 + 16 : rows;
      for (int64_t j = 0; j < columns; j++)
        for (int64_t r = r0; r < r1; r++) d[r * columns + j] = s[j * step + r];
    }
    return;
  }
  for (int64_t r = 0; r < rows; r++) {
    if (step == 0) {
      const float x = *s;
      for (int64_t j = 0; j < columns; j++) d[j] = x;
    } else if (step == 1) {
      for (int64_t j = 0; j < columns; j++) d[j] = s[j];
    } else {
      for (int64_t j = 0; j < columns; j++) d[j] = s[j * step];
    }
    d += columns;
    s += NAME(advance)(&place, p, load->strides);
  }
}

static void NAME(accumulate)(float *accumulator, const gan_program *p, const gan_reduction *reduction, const float *tile,
                             NAME(place) place, int64_t rows, int64_t first_column, int64_t columns) {
  const int64_t step = reduction->strides[p->rank - 1];
  float *d = accumulator + NAME(distance)(&place, reduction->strides, p->rank) + first_column * step;
  // Runs of rows that fall on the same numbers are taken together.
  for (int64_t r = 0; r < rows;) {
    float *const target = d;
    int64_t run = 0;
    do {
      d += NAME(advance)(&place, p, reduction->strides);
      run++;
    } while (r + run < rows && d == target);
    if (step == 0) {
      *target = NAME(combined)(reduction->reduction, *target, NAME(reduce)(reduction->reduction, tile, run * columns));
    } else if (step == 1) {
      NAME(reduce_rows)(reduction->reduction, target, tile, run, columns, columns);
    } else {
      for (int64_t i = 0; i < run; i++)
        for (int64_t j = 0; j < columns; j++)
          target[j * step] = NAME(combined)(reduction->reduction, target[j * step], tile[i * columns + j]);
    }
    tile += run * columns;
    r += run;
  }
}

static void NAME(set_identity)(int32_t reduction, float *d, int64_t count) {
  const float identity = reduction == GAN_SUM ? 0.0f : reduction == GAN_MAX ? -INFINITY : INFINITY;
  for (int64_t i = 0; i < count; i++) d[i] = identity;
}

static void NAME(run_program)(const gan_program *p, float *const *buffers, const gan_key *keys, int64_t block, int64_t first_row,
                              int64_t end_row, int64_t first_piece, int64_t end_piece, int32_t moved, float *place_of_moved,
                              float *scratch) {
  float *slots[GAN_MAXIMUM_SLOTS];
  for (int32_t s = 0; s < p->slot_count; s++) slots[s] = s < p->register_count ? scratch + s * p->tile : scratch;
  for (int32_t i = 0; i < p->reduction_count; i++) {
    const gan_reduction *reduction = &p->reductions[i];
    if (reduction->is_partial) {
      NAME(set_identity)(reduction->reduction, buffers[reduction->buffer] + block * reduction->count, reduction->count);
    }
  }
  const NAME(place) start = {{0}};
  bool asks_for_places = p->reduction_count > 0;
  for (int32_t i = 0; i < p->load_count; i++) {
    const gan_load *load = &p->loads[i];
    if (load->kind == GAN_LOAD_ROW || load->kind == GAN_LOAD_STRIDED) asks_for_places = true;
    if (load->kind == GAN_LOAD_SCALAR) slots[load->slot] = buffers[load->buffer] + load->offset;
    if (load->kind == GAN_LOAD_PERIODIC) {
      float *const rows = slots[load->slot];
      NAME(load_rows)(rows, p, load, buffers[load->buffer], start, 1, 0, p->columns);
      for (int64_t r = 1; r < p->tile_rows; r++) memcpy(rows + r * p->columns, rows, (size_t)p->columns * sizeof(float));
    }
  }
  for (int64_t row = first_row; row < end_row; row += p->tile_rows) {
    const int64_t rows = row + p->tile_rows <= end_row ? p->tile_rows : end_row - row;
    NAME(place) place;
    if (asks_for_places) NAME(place_at)(&place, p, row);
    for (int64_t piece = first_piece; piece < end_piece; piece++) {
      const int64_t column = piece * p->piece;
      const int64_t columns = column + p->piece <= p->columns ? p->piece : p->columns - column;
      const int64_t first = row * p->columns + column;
      const int64_t count = rows * columns;
      for (int32_t i = 0; i < p->load_count; i++) {
        const gan_load *load = &p->loads[i];
        float *base = load->buffer == moved ? place_of_moved : buffers[load->buffer];
        switch (load->kind) {
          case GAN_LOAD_DIRECT: slots[load->slot] = base + load->offset + first; break;
          case GAN_LOAD_ROW:
            slots[load->slot] = base + load->offset + NAME(distance)(&place, load->strides, p->rank) +
                                column * load->strides[p->rank - 1];
            break;
          case GAN_LOAD_STRIDED: NAME(load_rows)(slots[load->slot], p, load, base, place, rows, column, columns); break;
          default: break;
        }
      }
      for (int32_t i = 0; i < p->store_count; i++) slots[p->stores[i].slot] = buffers[p->stores[i].buffer] + first;
      for (int32_t i = 0; i < p->instruction_count; i++) {
        const gan_instruction *instruction = &p->instructions[i];
        float *d = slots[instruction->destination];
        if (instruction->pair != GAN_NO_PAIR) {
          d = slots[p->instructions[++i].destination];
          NAME(pairs)
          [instruction->pair][instruction->form](d, slots[instruction->a], instruction->b >= 0 ? slots[instruction->b] : d,
                                                 instruction->other >= 0 ? slots[instruction->other] : d, count,
                                                 instruction->pair_parameter);
        } else if (instruction->function >= GAN_UNIFORM) {
          NAME(random)(instruction->function, keys[instruction->key], first, count, d);
        } else {
          NAME(functions)
          [instruction->function][instruction->form](
              d, instruction->a >= 0 ? slots[instruction->a] : d, instruction->b >= 0 ? slots[instruction->b] : d,
              instruction->c >= 0 ? slots[instruction->c] : d, count, instruction->parameter);
        }
      }
      for (int32_t i = 0; i < p->reduction_count; i++) {
        const gan_reduction *reduction = &p->reductions[i];
        float *accumulator = buffers[reduction->buffer] + (reduction->is_partial ? block * reduction->count : 0);
        NAME(accumulate)(accumulator, p, reduction, slots[reduction->slot], place, rows, column, columns);
      }
    }
  }
}
