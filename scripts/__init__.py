"""Running Dateline: the `dateline` command, the WSGI application and development tools.

Responsibility: compose the other packages and present their results at a terminal.
Decision: only this package knows all others, so that each of them can be used alone.
Must not depend on: the tests.
"""
