"""The judged files as reports, as data and as corrected text."""
