"""What others can use, safely: bundles, funder reports, adopted plans. Nothing is shared yet (docs/limits.md)."""
