"""Joints through ros2_control's controllers, and as joint_states for RViz."""
