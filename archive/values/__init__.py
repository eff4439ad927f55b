"""Single values of an article as sources write them: dates, languages, ids, field names."""
