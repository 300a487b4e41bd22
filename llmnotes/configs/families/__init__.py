"""Every family of models whose arithmetic is known, one package for each mechanism."""
