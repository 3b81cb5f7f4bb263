"""Recipes for avatars: their neural renderers, and the animator that drives them."""
