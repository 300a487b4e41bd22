"""What a table's rows and columns stand for: attributes, models, sizes of a family."""
