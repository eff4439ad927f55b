"""Records with a structure of their own: Dateline's exports and IPTC ninjs.

Responsibility: read records whose fields need more than another name.
Decision: a record is recognised by its content, never by the name of its file.
Must not depend on: files, or the store.
"""
