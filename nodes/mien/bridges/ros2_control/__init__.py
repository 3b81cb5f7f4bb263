"""Sends joint positions to controllers of ros2_control, and publishes joint_states for RViz."""
