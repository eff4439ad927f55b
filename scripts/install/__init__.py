"""The environment of a checkout, `.venv`: created once, and updated when a lock file changes.

Responsibility: install locked packages with hashes.
Decision: a shell script with nothing but Python's standard library, because nothing else is
installed when it runs.
Must not depend on: Dateline's own packages.
"""
