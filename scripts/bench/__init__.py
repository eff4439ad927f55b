"""Benchmarks: Dateline and other search systems on the same articles and queries.

Responsibility: measure the processor time and the quality of each system.
Decision: the other systems come from the optional extra `bench`; only this package imports them.
Must not depend on: how any system works, including Dateline.
"""
