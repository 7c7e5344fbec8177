"""Runs: agents × tasks × seeds, in one process or many, killed and gone on with, and reported."""

from mobilegym.runs.executor import Executor, InlineExecutor, ProcessExecutor, run_missing
from mobilegym.runs.plan import Job, RunPlan
from mobilegym.runs.report import write_report
from mobilegym.runs.store import RunStore
from mobilegym.runs.summary import RunSummary, summarize

__all__ = [
    "Executor",
    "InlineExecutor",
    "Job",
    "ProcessExecutor",
    "RunPlan",
    "RunStore",
    "RunSummary",
    "run_missing",
    "summarize",
    "write_report",
]
