"""Pages for everybody: the same for all readers, so no view here asks who reads it."""
