"""Benchmarks of the virtual phone, as `mobilegym bench` runs them."""

from mobilegym.bench.results import BenchResults, ChromiumResults, Machine
from mobilegym.bench.suite import run_benchmarks

__all__ = ["BenchResults", "ChromiumResults", "Machine", "run_benchmarks"]
