"""What an event is, which words tell of one, how the sides were in touch, and which date belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..vocab import status_group
from .actors import Actor
from .date_values import DateHit, DateValue
from .surfaces import Hit

Span = tuple[int, int]

_NAMED_BY_DATE = re.compile(r"(?:th)? (?:attack|crisis|anniversary|election)")
_MILESTONE = re.compile(r"\bfirst\b[^.]{0,30}$|\bmark\w*\b")
_PHONE = re.compile(r"\bcall|telephone|phone")
_SAID = re.compile(r"\b(?:i|we) (?:just )?(?:said|told you|mentioned|noted|announced)(?: on| here)? $")
"""A speaker's own words before a date: it is the day of those words."""
_SKIP_AFTER = re.compile(
    r"^ ?(?:on|for|upon|into question|to account|to order|it|them|attention|s on|a|the (?:challenge|needs?|target|moment|test)|our|its|these|this|those)\b"
)


@dataclass
class Event:
    """One contact, attempt or channel as one or more sentences tell it."""

    kind: str
    status: str
    trigger: Span
    sentence: int
    actors: list[Actor] = field(default_factory=list)
    mode: str = "unknown"
    mode_span: Span | None = None
    setting: str = "bilateral"
    setting_span: Span | None = None
    date: DateValue | None = None
    date_span: Span | None = None
    status_span: Span | None = None
    city: str | None = None
    country: str | None = None
    place_span: Span | None = None
    mechanism: str | None = None
    mechanism_span: Span | None = None
    forum: str | None = None
    forum_span: Span | None = None
    partners: list[str] = field(default_factory=list)
    channel: str | None = None
    military: bool = False
    lead: bool = False
    title: bool = False
    topics: list[tuple[str, str, Span]] = field(default_factory=list)
    """Topic, who raised it, and where."""
    resolved: dict[str, str] = field(default_factory=dict)
    salience: str = "background"


def status_class(status: str) -> str:
    """contact, open, or non_event; channel states stand for themselves."""
    return status if status in ("suspended", "resumed") else status_group(status)


def usable(flat: str, low: str, hit: Hit, value: str) -> bool:
    """False for the same words in another sense: `call on China to`, `meet the challenge`."""
    surface = low[hit.start : hit.end]
    if (
        value == "contact"
        and surface in ("call", "calls")
        and re.match(r"s? (?:on|for|upon|to action|out|it)\b", low[hit.end : hit.end + 12])
    ):
        return bool(
            re.match(
                r" on [a-z]+day| on [a-z]+ \d| on (?:the|his|her) (?:phone|new|minister)", low[hit.end : hit.end + 14]
            )
        )
    if (
        surface in ("meet", "met", "meets", "meeting")
        and _SKIP_AFTER.match(low[hit.end : hit.end + 20])
        and not low.startswith((" on", " for the first"), hit.end)
    ):
        return False
    if surface == "called on" and re.search(
        r"^ (?:them|all|both|[\w' ]{2,40}? to [a-z]+)\b", low[hit.end : hit.end + 60]
    ):
        return False
    if surface in ("call", "press call") and low[max(0, hit.start - 12) : hit.start].rstrip().endswith(
        ("press", "background", "this", "briefing", "conference", "the line", "on today's")
    ):
        return (
            not low[max(0, hit.start - 12) : hit.start]
            .rstrip()
            .endswith(("press", "background", "briefing", "conference"))
        )
    return True


def mode_of(low: str, hit: Hit, value: str, clause: Span, cues: list[Hit]) -> tuple[str, Span | None]:
    """How the sides were in touch: a cue of the clause, or what the trigger itself implies."""
    surface = low[hit.start : hit.end]
    near = [
        cue
        for cue in cues
        if cue.value("mode")
        and not any(
            other.value("trigger") and other.start != hit.start and other.start < cue.end and cue.start < other.end
            for other in cues
        )
        and clause[0] <= cue.start < clause[1]
        and abs(cue.start - hit.start) < 120
    ]
    near.sort(key=lambda cue: abs(cue.start - hit.start))
    for wanted in ("video", "phone", "correspondence"):
        for cue in near:
            if cue.value("mode") == wanted:
                return wanted, (cue.start, cue.end)
    if re.search(r"\bvirtual|\bvideo", surface):
        return "video", (hit.start, hit.end)
    if _PHONE.search(surface) and not surface.startswith("called"):
        return "phone", (hit.start, hit.end)
    if near and near[0].value("mode") == "in_person":
        return "in_person", (near[0].start, near[0].end)
    if re.match(
        r"(?:met|meet|meets|meeting|meetings|summit|shook|shake|handshake|hosted|received|sat down|bumped|bilateral meeting|held a meeting|welcomed|co-chaired|held a bilateral|held a summit|had candid)",
        surface,
    ):
        return "in_person", (hit.start, hit.end)
    return "unknown", None


def choose_date(
    dates: list[DateHit], hit: Hit, clause: Span, sentence: Span, low: str, triggers: list[Hit]
) -> DateHit | None:
    """The date expression that belongs to a trigger."""
    best: tuple[float, DateHit] | None = None
    for when in dates:
        if low.startswith("since", when.start) or low[max(0, when.start - 6) : when.start].endswith("since "):
            continue
        if _SAID.search(low, max(sentence[0], when.start - 24), when.start):
            continue
        if not low.startswith("in ", when.start) and any(
            other is not hit
            and other.value("trigger") != "held"
            and 0 <= other.start - when.end <= 18
            and not re.search(r"[,;.]|\b(?:and|on|in|at|for|with|of|to)\b", low[when.end : other.start])
            for other in triggers
        ):
            continue
        if _NAMED_BY_DATE.match(low, when.end):
            continue
        if when.end <= hit.start:
            gap = hit.start - when.end
            between = low[when.end : hit.start]
            if " since " in between:
                continue
            premodifier = gap <= 22 and hit.value("trigger") != "held" and not re.search(r"[,;.]|\band\b", between)
            cost = 0.0 if premodifier else gap * 1.3 + 10 + 60 * (" and " in between)
            if low[sentence[0] : when.start].strip(" \"'") in (
                "",
                "on",
                "in",
                "and",
                "in the evening of",
                "later",
                "earlier",
                "so, on",
                "also",
                "of course, on",
            ):
                cost = min(cost, 45)
        else:
            gap = when.start - hit.end
            between = low[hit.end : when.start]
            cost = float(gap)
        if not clause[0] <= when.start < clause[1]:
            cost += 120
        cost += 200 * sum(
            1
            for other in triggers
            if other is not hit and min(when.end, hit.end) <= other.start < max(when.start, hit.start)
        )
        if _MILESTONE.search(between):
            cost += 40
        if cost < 300 and (best is None or cost < best[0]):
            best = (cost, when)
    return best[1] if best else None
