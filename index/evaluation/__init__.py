"""How good it is: retrieval and stories measured against labelled articles."""
