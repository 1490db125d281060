"""What the API answers of every noun, in the names of the public record."""
