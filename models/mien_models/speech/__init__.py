"""How sound shapes the mouth: the visemes of phonemes, and a network taught by synthetic speech."""
