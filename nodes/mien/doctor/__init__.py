"""Checks for the causes that keep messages from arriving.

Checks need no ROS: `mien.doctor.probe` observes the graph and passes a `Snapshot` to them.
"""
