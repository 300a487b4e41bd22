"""Decoders whose keys and values are compressed into one latent vector."""
