"""Creates and updates the environment of a checkout, `.venv`."""
