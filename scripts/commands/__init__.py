"""One module for each `dateline` command: composes the rooms and prints what they answer."""
