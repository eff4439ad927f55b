"""What every route shares: parameters, URLs, errors, caching, logs and metrics."""
