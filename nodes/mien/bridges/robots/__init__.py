"""What all robots share: limits by the clock on the wall, a watchdog, an emergency stop, and who is followed."""
