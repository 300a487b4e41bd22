"""Decoders that mix attention with mixers of fixed-size state."""
