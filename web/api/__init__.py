"""The JSON API: routes, answers and their OpenAPI description."""
