"""The supported model families, one package per mechanism."""
