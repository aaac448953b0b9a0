// The element-wise functions: a row each, its name as in Swift and its formula. Everything else that C knows of them is made of these
// rows: the codes and their Swift enums (kernels.h), the loops over tiles and the tables of them (tiles.h). Included wherever one of these
// is made, with these macros defined as it needs.
//
//   UNARY(name, formula)        a function of x, and of `parameter` if it has one
//   UNARY_LOOP(name)            the same; tiles.h has a loop of its own for it
//   BINARY(name, formula)       a function of x and y
//   SERIAL_BINARY(name, formula)  the same, number by number: it calls the C library
//   BINARY_LOOP(name)           the same; tiles.h has loops of its own for it
//
// Their other facts (derivative, help, samples to test at) are the rows of Tensors/Ops/Functions.

UNARY(negate, -x)
UNARY(reciprocal, 1.0f / x)
UNARY(square, x * x)
UNARY(sqrt, sqrtf(x))
UNARY(rootOfSquares, sqrtf(x))
UNARY(rsqrt, 1.0f / sqrtf(x))
UNARY(abs, fabsf(x))
UNARY(sign, NAME(sign)(x))
UNARY(exp, NAME(exp)(x))
UNARY(log, NAME(log)(x))
UNARY(log2, NAME(log2)(x))
UNARY(log10, NAME(log10)(x))
UNARY_LOOP(sin)
UNARY_LOOP(cos)
UNARY(tanh, NAME(tanh)(x))
UNARY(erf, NAME(erf)(x))
UNARY(sigmoid, NAME(sigmoid)(x))
UNARY(softplus, NAME(softplus)(x))
UNARY(relu, x < 0.0f ? 0.0f : x)
UNARY(leakyRelu, x > 0.0f ? x : parameter * x)
UNARY(leakyStep, x > 0.0f ? 1.0f : parameter)
UNARY(floor, floorf(x))
UNARY(ceil, ceilf(x))
UNARY(round, rintf(x))
UNARY(isNaN, x != x ? 1.0f : 0.0f)

BINARY(add, x + y)
BINARY(subtract, x - y)
BINARY(multiply, x *y)
BINARY(divide, x / y)
SERIAL_BINARY(remainder, NAME(remainder)(x, y))
BINARY_LOOP(power)
SERIAL_BINARY(atan2, atan2f(x, y))
BINARY(maximum, NAME(greater_of)(x, y))
BINARY(minimum, NAME(smaller_of)(x, y))
BINARY(less, x < y ? 1.0f : 0.0f)
BINARY(lessOrEqual, x <= y ? 1.0f : 0.0f)
BINARY(greater, x > y ? 1.0f : 0.0f)
BINARY(greaterOrEqual, x >= y ? 1.0f : 0.0f)
BINARY(equal, x == y ? 1.0f : 0.0f)
BINARY(notEqual, x != y ? 1.0f : 0.0f)
BINARY(gate, y <= 0.0f ? 0.0f : x)

#undef UNARY
#undef UNARY_LOOP
#undef BINARY
#undef SERIAL_BINARY
#undef BINARY_LOOP
