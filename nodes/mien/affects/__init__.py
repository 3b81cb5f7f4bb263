"""What an expression shows: action units, expression category, valence and arousal."""
