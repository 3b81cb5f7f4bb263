#!/bin/bash
# `mien …` with ROS sourced; `ros2 …` as it is.
set -e
# shellcheck disable=SC1091
source /opt/ros/jazzy/setup.bash
export PATH=/mien/.venv/bin:$PATH LD_LIBRARY_PATH=/mien/.venv/lib:$LD_LIBRARY_PATH
export AMENT_PREFIX_PATH=/mien/.venv:$AMENT_PREFIX_PATH
if [ "$1" = ros2 ]; then exec "$@"; fi
exec mien "$@"
