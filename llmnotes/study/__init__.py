"""The study side: explanations, the history of models, and spaced repetition."""
