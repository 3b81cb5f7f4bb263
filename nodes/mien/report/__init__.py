"""Pictures and numbers of a recorded session, drawn from its bag alone."""
