"""Tasks: the schema of their YAML, loading, parameters, setup, checks and flows. The suites themselves are content, in `tasks/`."""
