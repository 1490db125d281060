"""The API, asked as a stranger asks it."""
