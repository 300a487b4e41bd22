"""The components of families: traits, blocks, and the decoder around them."""
