"""Polarity, modality and tense: what happened, was planned, asked for, refused, or is only imagined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .date_values import DateHit, Tense
from .events import Span
from .surfaces import Hit

_PAST_VERB = re.compile(
    r"(?:met|held|had|spoke|spoken|talked|sat down|conferred|exchanged|received|hosted|called on|paid|co-chaired|convened|consulted|shook|handshake|bumped|welcomed|attended|joined)\b"
)
_BASE_VERB = re.compile(r"(?:meet|speak|hold|receive|host|shake)s?\b")
_NOT = re.compile(
    r"\b(?:not|n't|never|no|without|neither|nor|rather than|instead of|refrain from|denied)\b[^,.;]{0,24}$"
)
_NOT_YET = re.compile(r"\b(?:has|have|had) yet to\b|\bnot yet\b")
_WISH = re.compile(r"\blook\w* forward to (?:continu|pick|build|maintain|resum|deepen|strengthen)\w+\b[^.;]*$")
_INFINITIVE = re.compile(r"\bto $")
_MODAL = re.compile(r"\b(?:will|would|shall|can|could|may|might|should|must|to|is to|are to)\b[^,.;]{0,30}$")


@dataclass(slots=True)
class Tensed:
    """Status of a trigger, with the words that set it, and the tense its dates are read in."""

    status: str
    span: Span | None
    tense: Tense


def tensed(
    flat: str,
    low: str,
    hit: Hit,
    value: str,
    clause: Span,
    sentence: Span,
    cues: list[Hit],
    when: DateHit | None,
    published: date | None,
) -> Tensed | None:
    """Status of a trigger; None where the text denies or only imagines the contact."""
    left = low[max(clause[0], hit.start - 110) : hit.start]
    surface = low[hit.start : hit.end]
    whole_left = low[max(sentence[0], hit.start - 500) : hit.start]
    right = low[hit.end : min(sentence[1], hit.end + 90)]
    noun = (value == "contact" and not _BASE_VERB.match(surface)) or surface.startswith(
        ("meeting", "talks", "speaking")
    )
    finite_past = bool(_PAST_VERB.match(surface)) and not _MODAL.search(left[-34:])
    governing = _governing(cues, hit, sentence, low, finite_past)
    if (" yet" in right and _NOT_YET.search(right[:60])) or (" yet" in left and _NOT_YET.search(left[-40:])):
        return Tensed("proposed", None, "future")
    if surface.startswith(("meeting with", "speaking")) and re.search(
        r"\b(?:been|of|before|from|by|without|after years of) $", left[-16:]
    ):
        return None
    if finite_past:
        if _NOT.search(left[-30:]):
            return None
        if re.search(r"\b(?:if|when asked|whether|would have)\b[^,]{0,30}$", left[-36:]):
            return None
        return Tensed(value if value != "contact" else "held", (hit.start, hit.end), "past")
    if governing is not None:
        tense: Tense = "future" if governing[0] in ("planned", "proposed") else "past"
        if governing[0] in ("suspended", "resumed"):
            return None
        return Tensed(governing[0], governing[1], tense)
    if _NOT.search(left[-30:]):
        return None
    if noun:
        return _noun_status(low, hit, left, whole_left, right, when, published)
    future = re.search(
        r"\b(?:will|shall|is to|are to|going to|expects? to|expected to|set to|due to|scheduled to|plans? to|planning to|agreed to|where (?:she|he) will)\b",
        left[-70:],
    )
    if future and not re.search(r"\b(?:if|whether|could|might|may)\b", left[-50:]):
        return Tensed("planned", (hit.start, hit.end), "future")
    if re.search(r"\b(?:could|might|may|would|should|can|if|whether|must)\b", left[-40:]):
        return (
            Tensed("proposed", (hit.start, hit.end), "future")
            if re.search(r"\bagreed (?:that )?", whole_left[-120:])
            else None
        )
    if re.search(r"\b(?:opportunity|chance) to $", left[-24:]):
        return (
            Tensed("held", (hit.start, hit.end), "past")
            if re.search(r"\b(?:had|got|did get|have had)\b", left[-50:])
            else None
        )
    if _INFINITIVE.search(left):
        if re.search(r"\b(?:led|travell?ed|visited|arrived|flew|came|went|sat)\b", whole_left):
            return Tensed("held", (hit.start, hit.end), "past")
        if re.search(r"\b(?:departs|travels|heads|leaves|will)\b", whole_left):
            return Tensed("planned", (hit.start, hit.end), "future")
        if re.search(
            r"\b(?:want\w*|hop\w*|like|tr(?:y|ies|ied)|try|need\w*|ready|willing|chance|opportunity|plans?|intend\w*|ask\w*|request\w*|seek\w*|sought)\b[^.]{0,40}$",
            left,
        ):
            return Tensed("proposed", (hit.start, hit.end), "future")
        return None
    if surface.startswith(("meets", "holds", "hosts", "receives", "speaks", "shake hands")):
        return Tensed("held", (hit.start, hit.end), "past")
    return None


def _noun_status(
    low: str, hit: Hit, left: str, whole_left: str, right: str, when: DateHit | None, published: date | None
) -> Tensed | None:
    span = (hit.start, hit.end)
    if re.search(r"\bwould (?:represent|be|mark)\b[^;]*$", whole_left):
        return None
    if _WISH.search(whole_left[-100:]) and not re.match(r" (?:that )?(?:he|she|they|the two) had\b", right):
        return None
    if re.search(
        r"\b(?:any|possible|potential|whether|if there(?: is| were|'s)|if that means)\b[^.]{0,30}$", left[-48:]
    ) and not re.match(r" (?:took place|was held)", right):
        return None
    future_left = re.search(
        r"\b(?:will (?:be|have|hold|host|launch|lead|also meet|also have|engage in)|upcoming|next|later today|planned|proposed|expected|anticipate\w*|expect|ahead of|look(?:ing)? forward to|towards?|preparing for|(?:departs?|travels?) [^.]{0,40}for|scheduled|going to have|pursu\w+|coming|steps towards? holding)\b[^;]{0,60}$",
        whole_left[-100:],
    )
    future_right = re.match(
        r"[^;]{0,60}?\b(?:will (?:take place|be held|be|start|mark|occur|also be|follow|cover|happen)|is scheduled|would be|sometime in|in the coming|expected|is set|soon\b)",
        right,
    )
    past_left = re.search(
        r"\b(?:following|followed|follows|follow up on|since|after|during|last|previous|concluded|wrapped(?: up)?|completed|came from|had|did have|held|first|from|built on|building on|builds on|met|recent|earlier|at (?:the|a|their)|just|agreed at)\b[^;]{0,50}$",
        left[-80:],
    )
    past_right = re.match(
        r"[^;]{0,80}?\b(?:was|were|took place|lasted|followed|focused|included|covered|occurred|happened|held|concluded|has now taken|where|that (?:the two|happened|took))\b",
        right,
    )
    if when is not None:
        ahead = bool(future_left or future_right)
        found = when.value(published, "future" if ahead else "unknown")
        if found and published:
            if found.start > published or (ahead and found.end >= published):
                return Tensed("planned", span, "future")
            return Tensed("held", span, "past")
    if re.search(r"\bwill\b[^.]*\bfollowed by [^.]*$", whole_left):
        return Tensed("planned", span, "future")
    if future_left and not (past_right and not future_right):
        words = future_left[0]
        return Tensed(
            "proposed" if re.match(r"(?:towards?|proposed|pursu|steps)", words) else "planned", span, "future"
        )
    if re.match(r"[^;,]{0,60}?\bwould (?:represent|be|take place|mark)\b", right):
        return Tensed("proposed", span, "future")
    if (
        re.search(r"\ba (?:\w+ )?$", left[-14:])
        and re.search(
            r"\b(?:pursue|committed to|plan\w*|expect\w*|propos\w+|towards?|agreed? to|agree to|working|hope|set up|possibility)\b",
            whole_left,
        )
        and not re.search(r"\b(?:took place|held)\b", right)
    ):
        return Tensed("proposed", span, "future")
    if future_right and not past_left:
        return Tensed("planned", span, "future")
    if past_left or past_right or re.match(r" (?:between|with|in)\b", right):
        return Tensed("held", span, "past")
    return Tensed("held", None, "past")


def _governing(cues: list[Hit], hit: Hit, sentence: Span, low: str, finite: bool) -> tuple[str, Span] | None:
    """The outermost status cue whose scope the trigger lies in."""
    best: tuple[str, Span] | None = None
    for cue in cues:
        value = cue.value("status")
        if value is None or value in ("held",) or (cue.start >= hit.start and value in ("proposed", "planned")):
            continue
        if cue.end <= hit.start:
            gap = low[cue.end : hit.start]
            if len(gap) > 110 or re.search(r"[;]| but | although | while | where | which |\. ", gap):
                continue
            if value in ("proposed", "planned") and (len(gap) > 60 or finite):
                continue
            best = best or (value, (cue.start, cue.end))
        elif value in ("declined", "cancelled", "postponed", "unanswered", "no_show", "lapsed") and re.fullmatch(
            r"[^,;]{0,40}\b(?:was|were|been|be|being|has been|have been)?(?: \w+){0,2} ?", low[hit.end : cue.start]
        ):
            best = (value, (cue.start, cue.end))
    return best
