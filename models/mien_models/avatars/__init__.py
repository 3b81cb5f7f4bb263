"""Faces that mien can drive: avatars as GLB and VRM 1.0, and a robot face as URDF."""

from mien_models.avatars.animation import Movement
from mien_models.avatars.export import STYLES, export_glb, export_robot, export_robot_glb, export_vrm
from mien_models.avatars.vrm import PRESETS

__all__ = ["PRESETS", "STYLES", "Movement", "export_glb", "export_robot", "export_robot_glb", "export_vrm"]
