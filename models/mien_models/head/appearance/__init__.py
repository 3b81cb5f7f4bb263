"""Everything visible on the geometry: skin, hair, glasses, accessories, and things held before the face."""
