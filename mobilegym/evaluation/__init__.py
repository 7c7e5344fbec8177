"""Verdicts: rules over the phone's end state, state differences, metrics, and the check that tasks are sound."""
