"""Detect and track faces, and estimate landmarks, head pose and gaze of each one."""
