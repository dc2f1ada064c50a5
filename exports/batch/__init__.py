"""A report per audit for thousands, over all cores: names first, then the work, what is done stays."""

from exports.batch.jobs import Job, Wanted, plan
from exports.batch.run import Failure, Progress, Summary, run
from exports.batch.several import NOT_DUE, due, joined, telling

__all__ = ["NOT_DUE", "Failure", "Job", "Progress", "Summary", "Wanted", "due", "joined", "plan", "run", "telling"]
