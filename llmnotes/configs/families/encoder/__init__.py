"""Encoders, and XLNet and XLM, which are built as they are."""
