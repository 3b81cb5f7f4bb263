"""What every stage shares: types, configuration, the stage contract, geometry, resting faces and filters over time."""
