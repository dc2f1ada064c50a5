"""A limit on the size of files (RLIMIT_FSIZE, F5) during a visit: said, nothing acknowledged lost, work goes on.

In a process of its own, as a person runs the window: the limit would hold for the tests' process too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.audit import Answer
from auditor.store import Store
from auditor.words import speaking, tr
from tests.ui import scene

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs RLIMIT_FSIZE")

VISIT = """
import json, resource, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.scene import settle
from ui import app as opening

data, audit = Path(sys.argv[1]), sys.argv[2]
app = QApplication(sys.argv[:1])
window = opening.open_window(app, data)
window.change(language="zh")
settle()
window.open_audit(audit)
settle()
page, told = window.current_page(), {}

def tap(path, number):
    page.reveal(path)
    settle(1)
    page.column.cards[path].setFocus()
    QTest.keyClick(page.column.cards[path], str(number))
    settle(1)

tap("more0", 1)
journal = next(data.glob(f"audits/*/{audit}/journal.jsonl"))
before = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (journal.stat().st_size + 40, before[1]))
tap("more1", 1)
notice = window.notices.notice
told["said"] = [notice.title, *notice.lines] if notice is not None else [window.messages.text]
told["refused"] = window.session.current("more1").value
tap("more2", 2)
resource.setrlimit(resource.RLIMIT_FSIZE, before)
for _ in range(80):
    QTest.qWait(100)
    if window.notices.notice is None:
        break
told["lifted"] = window.notices.notice is None and not window.session.read_only
tap("more3", 1)
told["after"] = window.session.current("more3").value
window.close()
print("TOLD" + json.dumps(told))
"""


def test_a_file_that_may_not_grow_is_said_and_the_visit_goes_on_when_it_may(data: Path) -> None:
    with Store.open(data, write=True) as store:
        opened = store.create(scene.checklist(), scene.header(kind="announced"))
        opened.answer("smiles", Answer("yes"))
        opened.close()
    audit = opened.audit.id
    call = [sys.executable, "-c", VISIT, str(data), audit]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(call, capture_output=True, text=True, timeout=120, env=environment, check=False)
    assert "Traceback" not in run.stderr, run.stderr[-2000:]
    told = json.loads(run.stdout.partition("TOLD")[2])
    with speaking("zh"):
        assert told["said"] == [tr("safety.full"), tr("safety.full_not_saved") + tr("safety.full.remedy")]
    assert (told["refused"], told["lifted"], told["after"]) == (None, True, "yes")
    with Store.open(data) as reader:
        kept = reader.read(audit)
    assert kept.state == "draft"
    answers = {path: one.value for path, one in kept.answers.items()}
    assert answers == {"smiles": "yes", "more0": "yes", "more3": "yes"}, "what was acknowledged, and nothing else"
