"""Formats: the articles of files in XML, HTML, mail, text and documents.

Responsibility: split a file of each format into records, as its published standard says.
Decision: one sub-package for each family of formats; each reader has a test of content beside it.
Must not depend on: files, or the store.
"""
