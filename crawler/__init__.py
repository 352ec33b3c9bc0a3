"""duikou (对口): China's paired-assistance record, harvested into structured cooperation events."""

__version__ = "0.1.0"
