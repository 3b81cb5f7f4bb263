"""Connections to other programs: outputs drive avatars, applications and robots; inputs receive faces from headsets.

A folder per protocol, each with an implementation of `base.Bridge`; `registry` lists them, `hub` runs
them, and `node` connects them to ROS topics.
"""
