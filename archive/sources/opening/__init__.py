"""Opening files: pipes and standard input, compressions, and archives of files.

Responsibility: turn what a person names into streams of bytes.
Decision: what is packed is recognised by its content, and never written under a name of its own.
Must not depend on: the kinds of content.
"""
