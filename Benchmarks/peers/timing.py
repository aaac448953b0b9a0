"""How the peers measure time: as timing.gan does."""

import os
import statistics
import time

PROCESSORS = len(os.sched_getaffinity(0))


def milliseconds(count, warm_up, work):
    """The median time of `count` calls of `work`, after `warm_up` calls that do not count.

    Says when the first of all is done, by the clock that `measure` looks at too.
    """
    times = []
    for call in range(warm_up + count):
        start = time.monotonic()
        work()
        times.append(time.monotonic() - start)
        if call == 0:
            print("first_at", time.monotonic())
    return 1000 * statistics.median(times[warm_up:])
