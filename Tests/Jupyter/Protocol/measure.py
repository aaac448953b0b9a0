"""What the kernel takes: the start, and a cell. It tells, and judges nothing. `measure.py gan python3` measures several beside each other."""

import statistics
import sys
import time

from jupyter_client.manager import start_new_kernel


def measure(name, code="1 + 1", starts=3, cells=200):
    ready, spent = [], []
    for number in range(starts):
        start = time.perf_counter()
        manager, client = start_new_kernel(kernel_name=name)
        ready.append(time.perf_counter() - start)
        for _ in range(cells if number == starts - 1 else 0):
            start = time.perf_counter()
            request = client.execute(code)
            while client.get_shell_msg(timeout=20)["parent_header"].get("msg_id") != request:
                pass
            while True:
                message = client.get_iopub_msg(timeout=20)
                if message["parent_header"].get("msg_id") == request and message["content"].get("execution_state") == "idle":
                    break
            spent.append(time.perf_counter() - start)
        client.stop_channels()
        manager.shutdown_kernel()
    spent.sort()
    print(
        f"{name}: ready after {statistics.median(ready):.2f} s; {code}: median {1000 * statistics.median(spent):.2f} ms, "
        f"p95 {1000 * spent[int(0.95 * len(spent))]:.2f} ms")


for kernel in sys.argv[1:] or ["gan"]:
    measure(kernel)
