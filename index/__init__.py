"""The index: search over an archive.

Responsibility: build generations of an archive's index, search them, and measure the quality.
Decision: the archive is read and never changed, so that every index can be rebuilt from it.
Must not depend on: pages or HTTP.
"""
