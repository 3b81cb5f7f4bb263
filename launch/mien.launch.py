"""Start mien: everything in one process (fused) or one process per stage (split)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # the builder is installed beside

from launch import LaunchDescription
from mien_launch_builder import arguments, describe


def generate_launch_description() -> LaunchDescription:
    return describe(arguments())
