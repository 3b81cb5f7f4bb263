"""Sound in files, and from one rate to another."""
