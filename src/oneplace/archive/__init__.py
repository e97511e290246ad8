"""The reports' PDFs that this machine has: where each is, and its pages as pictures and as text.

A report is known by its SHA-256, never by a path that a reader of the site could choose.
"""
