"""Values over time: clocks, checks of time stamps, filters, easing and limits of motion."""
