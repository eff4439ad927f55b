"""The HTML pages: their routes, and the values that each part of a page shows."""
