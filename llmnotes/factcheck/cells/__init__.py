"""What stands in one cell: numbers, terms, dates and names, read apart from any model."""
