"""Evaluation of encoders: metrics, protocols, baselines and the report."""
