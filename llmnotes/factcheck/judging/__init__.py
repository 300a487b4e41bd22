"""Whether cells are true of the models they stand with, and why not."""
