"""Decoders whose networks are mixtures of experts."""
