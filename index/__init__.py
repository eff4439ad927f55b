"""How we find it: query, lexical and semantic retrieval, fusion, stories, snippets, generations.

Reads the archive, never writes to it. Knows nothing of pages or HTTP.
"""
