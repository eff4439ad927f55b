"""The JSON API: its routes, their parameters, the shape of answers, and the OpenAPI description."""
