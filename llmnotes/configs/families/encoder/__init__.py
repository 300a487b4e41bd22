"""Encoders, and XLNet and XLM, which have the same structure."""
