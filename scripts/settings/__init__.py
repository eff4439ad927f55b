"""What can be set about Dateline, from where, and what is in force.

Decision: settings are a table; names of variables and keys, help and documentation come from it.
Must not know what a setting does.
"""
