"""Accuracy of all stages on rendered people whose ground truth is known."""
