"""How many processors there are for this process: as many threads as can work at once.

Decision: those that it may use, which in a container are fewer than the machine has.
Must not know what the threads do.
"""

import os


def cores() -> int:
    """How many processors this process may use."""
    counted = getattr(os, "sched_getaffinity", None)  # Linux has it.
    return len(counted(0)) if counted else os.cpu_count() or 1
