"""Text: formats of plain text with marks of their own, from wire messages to bibliographies.

Responsibility: split files of each format into records, and recognise each by its content.
Decision: a test of content is strict, because whatever no test recognises is wire text.
Must not depend on: what an article's text means, or the store.
"""
