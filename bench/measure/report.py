"""What is printed and kept: tables, and the goals with what was found."""

import datetime
import os

HOLDS, FAILS = "HOLDS", "DOES NOT HOLD"


class Report:
    def __init__(self, head):
        self.head = head
        self.parts = []
        self.goals = []

    def table(self, title, columns, rows):
        lines = [f"## {title}", "", "| " + " | ".join(columns) + " |", "| " + " | ".join("---" for _ in columns) + " |"]
        lines += ["| " + " | ".join(str(x) for x in row) + " |" for row in rows]
        self.parts.append("\n".join(lines))

    def note(self, text):
        self.parts.append(text)

    def goal(self, number, what, figure, wanted, holds):
        self.goals.append((number, what, figure, wanted, HOLDS if holds else FAILS))

    def text(self):
        self.goals.sort(key=lambda x: x[0])
        parts = ["# Measured by bench/run", self.head]
        if self.goals:
            missed = [x for x in self.goals if x[-1] == FAILS]
            lines = [f"{len(self.goals) - len(missed)} of {len(self.goals)} goals hold" + (". Not these:" if missed else ".")]
            lines += [f"- {what}: {figure}, wanted {wanted}" for _, what, figure, wanted, _ in missed]
            # A list begins after an empty line.
            parts.append("\n".join(lines[:1] + [""] + lines[1:] if missed else lines))
        parts += self.parts
        if self.goals:
            lines = ["## The goals", "", "| goal | what | figure | wanted | |", "| --- | --- | --- | --- | --- |"]
            lines += ["| " + " | ".join(str(x) for x in goal) + " |" for goal in self.goals]
            parts.append("\n".join(lines))
        return "\n\n".join(parts) + "\n"

    def keep(self, folder, commit):
        name = f"{datetime.date.today():%Y-%m-%d}-{commit}.md"
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.write(self.text())
        return path


def whole(number):
    return f"{number:,.0f}"


def milliseconds(number):
    return f"{number:.2f}"
