"""What official statistics count: measures, and their values by area and period.

Other rooms import `oneplace.indicators.queries` and `oneplace.indicators.actions`, nothing else.
"""
