"""The commands: one module for each `dateline` subcommand.

Responsibility: call the other packages and print their results.
Decision: a module is imported only when its command runs, so that help is instant.
Must not depend on: each other, except where one command is a part of another.
"""
