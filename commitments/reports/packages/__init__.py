"""What a release of the open data says of itself: its columns, schemas and descriptions."""
