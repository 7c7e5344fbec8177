"""Phones: the `Device` interface, the class that checks it, and the kinds of phone behind it."""
