"""`python -m scripts`: the `dateline` command, for processes that start it themselves.

Responsibility: run the command line.
Decision: no code of its own, so that both ways behave the same.
Must not depend on: anything but the command line.
"""

from scripts.cli import main

main()
