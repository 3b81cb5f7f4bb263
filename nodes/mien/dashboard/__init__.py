"""A page in the browser that shows, live, what is seen and what is made of it."""
