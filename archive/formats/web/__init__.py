"""Web: feeds, pages and web archives.

Responsibility: read articles in RSS, Atom, WordPress exports, HTML pages and WARC.
Decision: each format is left to a library that reads the damaged ones too; these modules map what
it finds to the fields of an article.
Must not depend on: files, the store or the network.
"""
