from oneplace.indicators.models.datasets import Dataset, DatasetState
from oneplace.indicators.models.values import Definition, Measure, Period, Subject, Value

__all__ = ["Dataset", "DatasetState", "Definition", "Measure", "Period", "Subject", "Value"]
