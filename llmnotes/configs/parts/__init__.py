"""What families are put together from: traits, blocks, and the decoder around them."""
