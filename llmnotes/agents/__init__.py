"""The commands' answers as short Markdown for agents, over the Model Context Protocol."""
