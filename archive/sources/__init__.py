"""Sources: files and folders into raw articles, one after another, in bounded memory.

Knows nothing of what an article's text means, and nothing of the store.
"""
