"""What is told of speech, judged by films whose sentences are known: phonemes, rate, second voices."""
