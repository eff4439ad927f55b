"""The OpenAPI 3.1 description of the JSON API.

Responsibility: list the routes, and write their description and the JSON Schema of their types.
Decision: everything comes from the types that routes use; tests compare answers with the result.
Must not depend on: Flask, search.
"""
