"""What a body's own systems may read and report: everything here needs a token."""
