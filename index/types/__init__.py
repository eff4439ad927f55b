"""The values that index, pages, API and terminal exchange.

Responsibility: requests, results, explanations, stories, status and notices.
Decision: the API writes the values as they are wherever its JSON has the same keys. Renaming a
field of such a value changes the API.
Must not depend on: how a value is computed or shown.
"""
