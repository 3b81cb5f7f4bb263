"""Register the executables with colcon. The package `mien` itself is installed by pip (make setup)."""

import sys
from pathlib import Path

from setuptools import setup

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mien import graph

setup(
    name="mien_nodes",
    version="0.1.0",
    packages=[],
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/mien_nodes"]),
        ("share/mien_nodes", ["package.xml"]),
    ],
    entry_points={"console_scripts": [f"{node.executable} = {node.entry}" for node in graph.NODES]},
)
