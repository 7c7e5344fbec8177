"""The phone's owner, simulated."""
