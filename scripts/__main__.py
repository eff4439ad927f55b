"""`python -m scripts`: the same as `dateline`, for processes that start it themselves."""

from scripts.cli import main

main()
