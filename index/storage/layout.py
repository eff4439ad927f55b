"""The layout of a generation's folder: the name of each kind of files, and the format's number.

Responsibility: names that the code that builds a generation and the code that opens it share.
Decision: one number for the whole layout; another number means that the next reindex builds
everything again from the archive.
Must not depend on: anything that reads or writes these files.
"""

FORMAT = "15"
COLUMNS, LEXICAL, SEMANTIC, STORIES = "columns", "lexical", "semantic", "stories"
