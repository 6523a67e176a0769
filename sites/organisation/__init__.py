"""Units, people and schedules of an agency."""
