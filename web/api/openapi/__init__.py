"""The JSON API, described for machines: OpenAPI 3.1.

The tables here are what the API takes and gives; tests hold answers, routes and parameters to them.
Knows no Flask and no search.
"""
