"""Semantic retrieval: passages, encoders, their cache, and exact search over unit vectors."""
