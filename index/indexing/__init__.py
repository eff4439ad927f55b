"""Build time: from the archive to the next generation."""
