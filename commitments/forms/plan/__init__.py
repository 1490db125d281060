"""The form of a commitment's plan: the whole, its rows, and two versions of it side by side."""
