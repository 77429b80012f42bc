"""The sections of a report: each works out what its template says, and says nothing itself."""
