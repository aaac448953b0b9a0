"""Task 4, the language itself, in CPython."""

from timing import milliseconds


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def loop():
    s = 0
    for i in range(3_000_000):
        s += i * 2 % 7
    return s


print("fib_ms", milliseconds(5, 1, lambda: fib(27)))
print("loop_ms", milliseconds(5, 1, loop))
