"""The user's own edits: claims, models, names, notes and tags, one file per kind of write."""
