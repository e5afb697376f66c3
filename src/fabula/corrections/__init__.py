"""What a person puts right in a reading: kept apart from it, in order, and reversible."""
