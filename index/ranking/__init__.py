"""From retriever scores to an order: fusion, ordering and grouping."""
