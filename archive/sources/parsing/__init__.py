"""Parsing: from the bytes of a file to UTF-8, values of JSON and rows of tables.

Responsibility: split text without knowing what its fields mean.
Decision: damage costs the record that it is in; what follows is read.
Must not depend on: fields, articles or paths.
"""
