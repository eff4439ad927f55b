"""Mail: messages, mailboxes and posts of news groups.

Responsibility: read each message as one article.
Decision: the standard library parses messages; what it leaves open, such as wrong character sets,
is decided here.
Must not depend on: what an article's text means, or the store.
"""
