"""All that goes out over HTTP, and nothing else."""
