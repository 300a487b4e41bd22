"""Decoders whose layers differ in heads, sharing, inputs or indexers."""
