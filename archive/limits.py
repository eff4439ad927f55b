"""Limits: how large, deep and dense anything that is read may be.

Responsibility: one place for every limit on input.
Decision: limits are far above what real articles need and far below what harms the machine: each
hostile document is refused or read within 5 seconds and 512 MB.
Must not depend on: any format.
"""


class LimitError(ValueError):
    """A document is beyond a limit, so that the rest of it is not read."""


MAX_ARTICLE_BYTES = 32 * 1024 * 1024
"""Larger articles are rejected: the longest real one seen is below 1 MiB."""
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
"""Longer documents go to the process that reads them in a file, rather than in memory."""
MAX_ARTICLE_LINES = 200_000
"""Lines of an article in a text file, blank ones too."""
MAX_FIELD_CHARACTERS = 100_000
"""Of a field of a message's header; the rest of it is not read."""
MAX_TREE_BYTES = 8 * 1024 * 1024
"""Of one item of XML: a tree of empty elements takes thirty times its bytes."""
MAX_MARKDOWN_BYTES = 4 * 1024 * 1024
"""The longest real text seen is below 1 MB; the time of some constructs grows with the square."""
MAX_MARKUP_DEPTH = 100
"""Quotes, lists and emphasis within each other in Markdown."""
MAX_FRONT_MATTER = 256 * 1024
"""Characters of metadata above a Markdown text: real ones are below 10 KB."""
MAX_ELEMENTS = 40_000
"""Of a page. Real ones have up to 10,000; trafilatura takes 3 s for these."""
MAX_STATED_OBJECTS = 5000
"""Objects of JSON-LD in a page."""
MAX_PART_DEPTH = 30
"""Parts of a message within each other."""
MAX_ATTACHED_DEPTH = 100
"""Messages that are attached to each other."""
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""Of all parts of a Word document: exports of 500 articles have 20 MB, pictures included."""
MAX_PAGES = 2000
"""Of a PDF."""
MAX_NESTING = 3
"""Archives and compressions within each other: `a.zip` with `b.tar.gz` with `c.jsonl` is 3."""
MAX_MEMBERS = 200_000
"""Files in one archive."""
MAX_SPOOLED_BYTES = 1024 * 1024 * 1024
"""Largest document for a process of its own, and largest zip archive that comes from a pipe or
another archive: they are copied first."""
FREE_EXPANSION = 16 * 1024 * 1024
MAX_EXPANSION = 100
"""Compressed bytes may become this many times as many, after the first 16 MiB. Text becomes 3 to
20 times as many."""
MAX_REJECTIONS = 10_000
"""Rejections in one file, if it has fewer articles: the rest of it would be the same."""
IDLE_SECONDS = 4.0
"""A pipe that sends nothing for this long is refused."""
DOCUMENT_SECONDS = 4
"""Processor time for one document in a process of its own, from one item to the next."""
DOCUMENT_WAIT = 30.0
"""Time on the clock for the same, should the document not use the processor or the machine be
busy."""
DOCUMENT_MEMORY = 400 * 1024 * 1024
"""Memory of that process."""
