"""The parametric face as a measure: what the chain makes of people whose truth is known."""
