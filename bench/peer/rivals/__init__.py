"""What bench/peer's contests run against, a module for each kind of work."""
