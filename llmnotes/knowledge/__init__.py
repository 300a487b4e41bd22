"""Queries on the base and their answers: plain values in, plain values out, SQL in between."""
