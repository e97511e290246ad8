"""Red and green flags: what the published rules of `rules.toml` say of the record on a day, and kept since.

A flag follows from one rule and from evidence that is named with it, and from nothing else: no score is made of
several, nothing is read into what is absent, and what may not be compared is not compared.
"""
