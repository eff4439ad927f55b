"""The words of a query in a text.

Responsibility: find the words that a snippet marks.
Decision: words are found in the text as written, so that marks are offsets into it.
Must not depend on: snippets, results or pages.
"""
