"""The closed lists: values a field may take, that code relies on.

Open lists (topics, countries, places, forums) are seed records. The meaning of every value here is
written once, in `seeds/vocabularies/`; a check keeps the two in step.
"""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    CORE = "core"
    CONTEXT = "context"


class Status(StrEnum):
    PROPOSED = "proposed"
    PLANNED = "planned"
    HELD = "held"
    ENCOUNTER = "encounter"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    LAPSED = "lapsed"


CONTACT_STATUSES = frozenset({Status.HELD, Status.ENCOUNTER})
"""The two parties did meet or speak."""
OPEN_STATUSES = frozenset({Status.PROPOSED, Status.PLANNED})
"""Still to come when the last source was written."""
NON_EVENT_STATUSES = frozenset(Status) - CONTACT_STATUSES - OPEN_STATUSES
"""The attempt came to nothing."""


def status_group(status: str) -> str:
    """contact, open or non_event."""
    return "contact" if status in CONTACT_STATUSES else "open" if status in OPEN_STATUSES else "non_event"


class Mode(StrEnum):
    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    CORRESPONDENCE = "correspondence"
    UNKNOWN = "unknown"


REMOTE_MODES = frozenset({Mode.VIDEO, Mode.PHONE, Mode.CORRESPONDENCE})


class Setting(StrEnum):
    BILATERAL = "bilateral"
    MARGINS = "margins"
    MULTILATERAL_SESSION = "multilateral_session"
    COLLECTIVE_CALL = "collective_call"
    BORDER_POINT = "border_point"


class Track(StrEnum):
    OFFICIAL = "1"
    SEMI_OFFICIAL = "1.5"


class DateBasis(StrEnum):
    PRC = "prc"
    PARTNER = "partner"
    PRESS = "press"


class Role(StrEnum):
    PRINCIPAL = "principal"
    CO_PRINCIPAL = "co_principal"
    CHAIR = "chair"
    DELEGATION = "delegation"
    PRESENT = "present"
    INTENDED = "intended"


LEADING_ROLES = (Role.PRINCIPAL, Role.CHAIR, Role.CO_PRINCIPAL)
"""Roles that set a side's level, first match first."""


class RefusalAttribution(StrEnum):
    SELF = "self"
    OTHER_SIDE = "other_side"
    ANONYMOUS = "anonymous"
    PRESS = "press"


class Reason(StrEnum):
    ARMS_SALE = "arms_sale"
    LEADER_OR_LEGISLATOR_VISIT = "leader_or_legislator_visit"
    SANCTIONS_ON_OFFICIAL = "sanctions_on_official"
    INCIDENT = "incident"
    TERRITORIAL_DISPUTE = "territorial_dispute"
    ALLIANCE_OR_DEPLOYMENT = "alliance_or_deployment"
    PROTOCOL_LEVEL = "protocol_level"
    SCHEDULING = "scheduling"
    DISASTER_OR_EPIDEMIC = "disaster_or_epidemic"
    INTERNAL_REFORM = "internal_reform"
    OTHER = "other"
    NOT_STATED = "not_stated"


class OutcomeKind(StrEnum):
    AGREEMENT_SIGNED = "agreement_signed"
    MECHANISM_CREATED = "mechanism_created"
    CHANNEL_RESUMED = "channel_resumed"
    NEXT_ROUND_AGREED = "next_round_agreed"
    VISIT_AGREED = "visit_agreed"
    HOTLINE_AGREED = "hotline_agreed"
    EXERCISE_AGREED = "exercise_agreed"
    DISENGAGEMENT_AGREED = "disengagement_agreed"
    JOINT_STATEMENT = "joint_statement"
    JOINT_STATEMENT_FAILED = "joint_statement_failed"
    NONE_STATED = "none_stated"


class LinkType(StrEnum):
    INSTEAD_OF = "instead_of"
    INSTANCE_OF = "instance_of"
    FOLLOWS = "follows"
    SEQUEL_TO_REQUEST = "sequel_to_request"
    BROKEN_OFF_BY = "broken_off_by"
    CLEARED_BY = "cleared_by"
    DISTINCT_FROM = "distinct_from"


class CodingMethod(StrEnum):
    CURATED = "curated"
    EXTRACTED = "extracted"
    BOTH = "both"


class CoderKind(StrEnum):
    PERSON = "person"
    LANGUAGE_MODEL = "language_model"


class SourceType(StrEnum):
    GOVERNMENT_READOUT = "government_readout"
    OFFICIAL_MEDIA = "official_media"
    NEWS_AGENCY = "news_agency"
    PRESS = "press"
    RESEARCH = "research"
    PARLIAMENT = "parliament"
    REFERENCE = "reference"


class SeenAs(StrEnum):
    LIVE = "live"
    STORED_COPY = "stored_copy"


class TextBasis(StrEnum):
    FULL_TEXT = "full_text"
    EXCERPT = "excerpt"


class DateRole(StrEnum):
    MEETING = "meeting"
    PUBLICATION = "publication"
    INTENDED = "intended"
    DEADLINE = "deadline"
    BACKGROUND = "background"
    MENTION = "mention"


class Domain(StrEnum):
    DEFENCE = "defence"
    SECURITY = "security"
    DIPLOMATIC = "diplomatic"
    UNKNOWN = "unknown"


class Owner(StrEnum):
    """Which part of the PRC state runs a mechanism."""

    MND_CMC = "mnd_cmc"
    MFA = "mfa"
    MFA_MND = "mfa_mnd"
    MPS = "mps"
    MSS = "mss"
    COAST_GUARD = "coast_guard"
    PARTY = "party"
    LEADERS = "leaders"
    MULTILATERAL = "multilateral"
    RESEARCH = "research"


class OfficeClass(StrEnum):
    """What kind of office a post is, so that counterparts can be found across states."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    DEPUTY_LEADER = "deputy_leader"
    DEFENCE_MINISTER = "defence_minister"
    DEPUTY_DEFENCE_MINISTER = "deputy_defence_minister"
    CHIEF_OF_DEFENCE = "chief_of_defence"
    DEPUTY_CHIEF_OF_DEFENCE = "deputy_chief_of_defence"
    SERVICE_CHIEF = "service_chief"
    COMBATANT_COMMANDER = "combatant_commander"
    FOREIGN_MINISTER = "foreign_minister"
    DEPUTY_FOREIGN_MINISTER = "deputy_foreign_minister"
    NATIONAL_SECURITY_ADVISER = "national_security_adviser"
    PARTY_FOREIGN_AFFAIRS = "party_foreign_affairs"
    SUPREME_COMMAND = "supreme_command"
    INTERIOR_MINISTER = "interior_minister"
    POLICE_OR_COAST_GUARD = "police_or_coast_guard"
    INTELLIGENCE = "intelligence"
    DEFENCE_POLICY_OFFICIAL = "defence_policy_official"
    DEFENCE_FOREIGN_AFFAIRS = "defence_foreign_affairs"
    MILITARY_COMMANDER = "military_commander"
    ACADEMY = "academy"
    SPOKESPERSON = "spokesperson"
    ATTACHE = "attache"
    LEGISLATOR = "legislator"
    INTERNATIONAL_BODY = "international_body"
    OTHER = "other"


class NameKind(StrEnum):
    FULL = "full"
    NATIVE = "native"
    SHORT = "short"
    TRANSLITERATION = "transliteration"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"


class OccasionKind(StrEnum):
    VISIT = "visit"
    CONFERENCE = "conference"


class SuspensionKind(StrEnum):
    DECLARED = "declared"
    DE_FACTO = "de_facto"


class Extent(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    CASE_BY_CASE = "case_by_case"


class EndBasis(StrEnum):
    AGREED = "agreed"
    FIRST_CONTACT = "first_contact"


class ChannelClass(StrEnum):
    """What was searched for, or broken off, where no named mechanism is meant."""

    ALL_CHANNELS = "all_channels"
    ALL_MILITARY = "all_military"
    MINISTERS = "ministers"
    CHIEFS_OF_STAFF = "chiefs_of_staff"
    THEATRE_COMMANDERS = "theatre_commanders"
    SERVICE_CHIEFS = "service_chiefs"
    POLICY_TALKS = "policy_talks"
    WORKING_LEVEL = "working_level"
    MARITIME_AIR_SAFETY = "maritime_air_safety"
    HOTLINE = "hotline"
    EXCHANGES_AND_EXERCISES = "exchanges_and_exercises"
    PORT_CALLS = "port_calls"
    LAW_ENFORCEMENT = "law_enforcement"
    ARMS_CONTROL = "arms_control"
    BORDER = "border"
    POLITICAL = "political"
    LEADERS = "leaders"
    OTHER = "other"


class StatusClass(StrEnum):
    CONTACTS = "contacts"
    NON_CONTACTS = "non_contacts"
    SUSPENSIONS = "suspensions"
    OFFICE_HOLDERS = "office_holders"
    MECHANISMS = "mechanisms"


class CueKind(StrEnum):
    TRIGGER = "trigger"
    STATUS = "status"
    POLARITY = "polarity"
    MODALITY = "modality"
    MODE = "mode"
    SETTING = "setting"
    TOPIC = "topic"
    OFFICE = "office"
    SIDE = "side"
    CHANNEL = "channel"


MUTUAL = "mutual"
CHINA = "CHN"


class Location(StrEnum):
    IN_CHINA = "in_china"
    IN_PARTNER = "in_partner"
    THIRD = "third"
    REMOTE = "remote"
    UNKNOWN = "unknown"


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WITHIN = "within"
    UNKNOWN = "unknown"


class DateOpen(StrEnum):
    NONE = "none"
    START = "start"
    END = "end"


class LevelBasis(StrEnum):
    BOTH = "both"
    PRC_ONLY = "prc_only"
    PARTNER_ONLY = "partner_only"
    MECHANISM = "mechanism"
    UNKNOWN = "unknown"


class EntityKind(StrEnum):
    PERSON = "person"
    POST = "post"
    MECHANISM = "mechanism"
    COUNTRY = "country"
    BODY = "body"
    FORUM = "forum"
    PLACE = "place"


class Plover(StrEnum):
    """Event and mode in the manner of PLOVER, from status, mode and setting."""

    CONSULT_MEETING = "consult_meeting"
    CONSULT_VIDEO = "consult_video"
    CONSULT_PHONE = "consult_phone"
    CONSULT_CORRESPONDENCE = "consult_correspondence"
    CONSULT_THIRD_PARTY = "consult_third_party"
    CONSULT_MULTILATERAL = "consult_multilateral"
    REQUEST_MEETING = "request_meeting"
    AGREE_MEETING = "agree_meeting"
    REJECT_MEETING = "reject_meeting"
    RETREAT = "retreat"
    NONE = "none"


CLOSED_LISTS: dict[str, type[StrEnum]] = {
    "scopes": Scope, "statuses": Status, "modes": Mode, "settings": Setting, "tracks": Track,
    "date_bases": DateBasis, "roles": Role, "refusal_attributions": RefusalAttribution,
    "reasons": Reason, "outcomes": OutcomeKind, "link_types": LinkType, "coding_methods": CodingMethod,
    "coder_kinds": CoderKind, "source_types": SourceType, "seen_as": SeenAs, "text_bases": TextBasis,
    "date_roles": DateRole, "domains": Domain, "owners": Owner, "office_classes": OfficeClass,
    "name_kinds": NameKind, "occasion_kinds": OccasionKind, "suspension_kinds": SuspensionKind,
    "extents": Extent, "end_bases": EndBasis, "channel_classes": ChannelClass,
    "status_classes": StatusClass, "cue_kinds": CueKind, "locations": Location,
    "date_precisions": DatePrecision, "date_opens": DateOpen, "level_bases": LevelBasis, "entity_kinds": EntityKind,
    "plover": Plover,
}  # fmt: skip
"""Vocabulary file → the closed list whose values it explains."""
