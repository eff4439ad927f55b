"""The files of a generation: segments, doc values, checksums and the manifest."""
