"""The peer of the card page, in a process of its own: 150 bare rows of four buttons, no stylesheet, Qt alone.

For each line read from standard input it builds, lays out and paints them once and prints the milliseconds.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

ROWS = 150


def once(app: QApplication) -> float:
    started = time.perf_counter()
    inside = QWidget()
    column = QVBoxLayout(inside)
    for number in range(ROWS):
        line = QHBoxLayout()
        line.addWidget(QLabel(f"Item {number}"))
        for word in ("yes", "partly", "no", "N"):
            line.addWidget(QPushButton(word))
        column.addLayout(line)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(1280, 800)
    area.show()
    app.processEvents()
    area.grab()
    taken = time.perf_counter() - started
    area.close()
    area.deleteLater()
    app.processEvents()
    return taken * 1000


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    for _ in sys.stdin:
        print(once(application), flush=True)
