"""Dateline beside its peers: the same articles, the same queries, one run.

Decision: peers come from the optional extra `bench` and are imported nowhere else.
Must not know how any of them, ours included, finds what it finds.
"""
