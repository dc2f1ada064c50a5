"""A report per audit for thousands, over all cores: names first, then the work, what is done stays."""

from exports.batch.jobs import Job, Wanted, plan
from exports.batch.run import Failure, Progress, Summary, run

__all__ = ["Failure", "Job", "Progress", "Summary", "Wanted", "plan", "run"]
