"""Other programs' ways of writing a configuration: litgpt, MaxText, Megatron, the publishers' own."""
