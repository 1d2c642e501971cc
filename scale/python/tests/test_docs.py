"""The example of docs/how-to/scale.md."""

from __future__ import annotations

import ast
import re
import unittest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "scale.md"


class Page(unittest.TestCase):
    def test_every_stated_value_is_the_value(self) -> None:
        [block] = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
        names: dict[str, object] = {}
        compared = 0
        for line in block.splitlines():
            code, _, stated = line.partition("  # ")
            if not stated:
                exec(line, names)
                continue
            found = eval(code, names)
            # A day is written as it is printed.
            self.assertEqual(ast.literal_eval(re.sub(r"\b(\d{4}-\d\d-\d\d)\b", r"'\1'", stated)), printed(found), code)
            compared += 1
        self.assertEqual(compared, 2)


def printed(values: list) -> list:
    return [value if value is None or isinstance(value, str) else str(value) for value in values]


if __name__ == "__main__":
    unittest.main()
