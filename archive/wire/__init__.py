"""Wire text: from an agency's plain text to headline, byline, dateline and paragraphs.

Responsibility: interpret the text of one article.
Decision: only what a pattern confirms is removed from the body; unclear text stays.
Must not depend on: files, ids or the store.
"""
