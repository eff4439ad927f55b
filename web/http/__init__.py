"""HTTP concerns of pages, exports and API: parameters, errors, ETags, logs, metrics, crawlers."""
