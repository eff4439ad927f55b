"""Suggestions: corrected spellings and completions, in words that the archive's articles use.

Responsibility: "did you mean", and the completion of a query's last word.
Decision: only words of the archive are suggested, names among them; the query that is searched for
is never changed.
Must not depend on: how words are indexed.
"""
