"""What a site asks of robots, by RFC 9309: groups by user agent, the longest rule that fits, wildcards.

The standard library's parser does not know wildcards, and would go where a site asks robots not to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, unquote, urlsplit

# RFC 9309 asks parsers to read at least 500 KiB.
LONGEST = 512 * 1024
LONGEST_DELAY = 10.0


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for one robot: (allowed, path pattern), and the seconds it should leave between requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float | None = None

    def allow(self, url: str) -> bool:
        """Whether the robot may fetch this address."""
        parts = urlsplit(url)
        path = _folded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [
            (len(pattern), allowed) for allowed, pattern in self.rules if _pattern(pattern).match(path)
        ]
        return max(fitting, default=(0, True))[1]


def rules_for(robot: str, text: str) -> Rules:
    """The rules of a robots.txt for a robot of this name, else those for all robots."""
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    in_rules = False
    for line in text.splitlines():
        field, colon, value = line.split("#", 1)[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            if in_rules:
                agents, in_rules = [], False
            agents.append(value.lower())
            groups.setdefault(value.lower(), [])
        elif field in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            for agent in agents:
                groups[agent].append((field, value))
    ours = groups.get(robot.lower(), groups.get("*", []))
    delays = [
        value for field, value in ours if field == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)
    ]
    return Rules(
        tuple((field == "allow", value) for field, value in ours if field != "crawl-delay" and value),
        min(float(delays[0]), LONGEST_DELAY) if delays else None,
    )


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    ends = rule.endswith("$")
    parts = [re.escape(_folded(part)) for part in rule.removesuffix("$").split("*")]
    return re.compile(".*".join(parts) + ("$" if ends else ""))


def _folded(path: str) -> str:
    """A path with its percent signs written in one way, so that two spellings of one path are equal."""
    return quote(unquote(path), safe="/?&=:@!$'()*+,;~-._[]")
