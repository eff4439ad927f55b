"""XML: the formats of IPTC for news, NITF and NewsML.

Responsibility: read articles in NITF, NewsML-G2 and NewsML 1.2.
Decision: one module for each format, which maps its elements to the fields of an article; parsing
and text are shared.
Must not depend on: files or the store.
"""
