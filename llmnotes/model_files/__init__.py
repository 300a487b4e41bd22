"""The files that a model is published as: configurations, and the headers of its weights."""
