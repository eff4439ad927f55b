"""Labelled collections for `dateline evaluate`, and the golden ranking."""
