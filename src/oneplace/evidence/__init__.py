"""The record: what was published, what it says, and what this store held true when.

Other rooms import `oneplace.evidence.queries`, `oneplace.evidence.actions`, `oneplace.evidence.views`,
`oneplace.evidence.brief` and `oneplace.evidence.pack`; the models are this room's own affair.
"""
