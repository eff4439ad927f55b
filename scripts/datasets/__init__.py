"""Collections: labelled collections for `dateline evaluate`, and the golden ranking.

Responsibility: write the files of a collection.
Decision: development tools that are not commands of `dateline`, because readers do not need them.
Must not depend on: how measures are computed.
"""
