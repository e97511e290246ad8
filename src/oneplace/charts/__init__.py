"""Values → SVG, as strings. Depends on nothing else of the house.

Every chart carries a title and a description, is deterministic (the same values give the same bytes),
says nothing by colour alone, and is drawn twice where a phone needs another shape: `wide` and `narrow`.
"""
