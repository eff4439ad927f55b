"""How we run it: the `dateline` command and the shell doors: composes the other rooms."""
