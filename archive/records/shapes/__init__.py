"""Shapes: how programs arrange records in JSON, and the records in them.

Responsibility: find the records within a value of JSON, and give each one flat, known names.
Decision: a shape is recognised by names that only it has; what has none of them stays as it is.
Must not depend on: files, or what is done with a value.
"""
