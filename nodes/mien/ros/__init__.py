"""The only shared code that knows ROS."""
