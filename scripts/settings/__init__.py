"""Settings: what can be configured, and the values in effect.

Responsibility: define settings, read them from options, variables and a file, and validate them.
Decision: one table of settings; names of variables and keys, help and documentation come from it.
Must not depend on: what a setting does.
"""
