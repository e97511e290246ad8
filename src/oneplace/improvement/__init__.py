"""Following what must improve: so far, which points of an earlier report come back in a later one.

`told_again` is plain Python and works on any two lists of things to improve; `queries` asks it of the record.
"""
