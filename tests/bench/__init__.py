"""Measurements, by ``make bench``; no test depends on a clock."""
