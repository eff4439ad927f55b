"""The index of one machine: generations in a folder, opened as snapshots."""
