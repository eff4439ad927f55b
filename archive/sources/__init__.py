"""Sources: the raw articles of files and folders, one after another, in bounded memory.

Responsibility: find files, decompress them and split them into records or texts.
Decision: formats are recognised by file name first, so that a folder gives the same articles again.
Must not depend on: what an article's text means, or the store.
"""
