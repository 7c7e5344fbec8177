"""The virtual phone's operating system: one file per service, composed in `kernel.py`."""
