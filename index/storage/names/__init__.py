"""Names as a generation stores them: entries of a sorted table, and which of them are one name."""
