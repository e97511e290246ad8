"""The polite way to the network: one request at a time a host, a pause between, nothing half saved.

from oneplace.sources.polite.client import PoliteClient

Importing this package alone does not import the HTTP library: reading a saved file never needs it.
"""
