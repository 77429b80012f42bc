"""What participants and workers want: votes, comments and notes into `Voices`. Nothing reads them yet (docs/limits.md)."""
