"""A package, so that the names of its modules do not meet those of the other tests."""
