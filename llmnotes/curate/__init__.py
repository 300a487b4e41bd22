"""The way in for new families: files of a model become the draft of a curated file."""
