"""Play a bag: its images through the graph, or what was recorded as it was."""
