"""Dense decoders: every token uses every weight."""
