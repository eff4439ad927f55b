"""How many processors this process may use.

Responsibility: the number of threads that can run at the same time.
Decision: the processors that the process may use, which are fewer than the machine has in a
container.
Must not depend on: what the threads do.
"""

import os


def count_cores() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # Only Linux has it.
    return len(affinity(0)) if affinity else os.cpu_count() or 1
