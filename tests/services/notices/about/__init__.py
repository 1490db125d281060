"""What a mail says of each kind of thing."""
