"""One file per command: it parses options, asks `knowledge` and prints the answer in a format."""
