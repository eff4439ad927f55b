"""The HTML pages: views, and what each part of a page shows."""
