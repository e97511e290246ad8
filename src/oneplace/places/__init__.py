"""Areas, their names and codes over time, what came before and after them, and the bodies that serve them.

Other rooms import `oneplace.places.queries` and `oneplace.places.actions`, nothing else.
"""
