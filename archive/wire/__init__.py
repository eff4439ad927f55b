"""Wire text: from plain text as an agency sends it to headline, byline, dateline and paragraphs.

Knows nothing of files, ids or the store.
"""
