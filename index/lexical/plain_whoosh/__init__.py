"""A second lexical engine: the Whoosh files of an index, searched by Whoosh itself."""
