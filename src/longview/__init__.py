"""Longview: a long-range plan for harm reduction programs."""

__version__ = "0.1.0"
