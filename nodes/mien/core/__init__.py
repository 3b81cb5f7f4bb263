"""What every stage shares: types, configuration, geometry, filters and expression spaces."""
