"""Sign-off: which imported pages somebody has looked at, and what stands in the way of a site.

Every state is worked out anew from what is stored. A decision holds as long as the page is what
the person saw; a certificate, until an import writes the page again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils import timezone
from wagtail.models import Page, Site

from content.addresses.index import PageAddress
from isomer.messages import Level
from isomer.models import (
    Certificate,
    ImportedObject,
    ImportMessage,
    ImportRun,
    SignOff,
    SiteCertificate,
)

Decision = SignOff.Decision
# Keys of pages that an import may make without a document: the home page, rooms, categories.
KEYS = Q(source_path="home") | Q(source_path__startswith="room ")


class Looked(TextChoices):
    """What people said of a page. ``OPEN`` and ``CHANGED`` wait for somebody."""

    OPEN = "open", "Not looked at"
    CHANGED = "changed", "Changed by an import since somebody looked"
    NEEDS_WORK = "needs work", "Needs work"
    ACCEPTED = "accepted", "Accepted"


class Verified(TextChoices):
    """What is known of a page besides the states of a certificate."""

    NONE = "none", "Not verified"
    OUTDATED = "outdated", "Imported again since it was verified"
    NO_DOCUMENT = "no document", "Made by the import, without a document"


VERIFIED_LABELS: Mapping[str, str] = dict(Verified.choices) | dict(Certificate.State.choices)
UNVERIFIED = (Verified.NONE, Verified.OUTDATED)
# As a filter of lists: everything but what is accepted.
NOT_ACCEPTED = "not accepted"
WAITING = (Looked.OPEN, Looked.CHANGED)


def imported_pages(site: Site) -> QuerySet[Any]:
    """Return the pages of a site that came from documents, in the order of the tree.

    Each has ``looked`` (:class:`Looked`) and ``verified`` (a state of a certificate, or
    :class:`Verified`); ``decided`` and ``certificate_id`` are the keys of its last decision and
    certificate, ``page_path`` its place in the tree. Pages that were deleted are not there.
    """
    certificates = Certificate.objects.filter(imported=OuterRef("pk")).order_by(
        "-checked_at", "-pk"
    )
    decisions = SignOff.objects.filter(imported=OuterRef("pk")).order_by("-decided_at", "-pk")
    pages = Page.objects.filter(pk=OuterRef("object_id"))
    whole = Certificate.objects.filter(
        run__site__root_page=site.root_page_id, checked_at__gte=OuterRef("imported_at")
    )
    found = ImportedObject.objects.filter(
        site__root_page=site.root_page_id, kind=ImportedObject.Kind.PAGE
    )
    return (
        found.defer("content", "references")
        .annotate(
            page_path=Subquery(pages.values("path")[:1]),
            certificate_id=Subquery(certificates.values("pk")[:1]),
            certificate_state=Subquery(certificates.values("state")[:1]),
            checked_at=Subquery(certificates.values("checked_at")[:1]),
            decided=Subquery(decisions.values("pk")[:1]),
            decision=Subquery(decisions.values("decision")[:1]),
            seen_hash=Subquery(decisions.values("content_hash")[:1]),
            seen_import=Subquery(decisions.values("imported_at")[:1]),
        )
        .filter(page_path__isnull=False)
        .annotate(
            looked=Case(
                When(decided=None, then=Value(Looked.OPEN.value)),
                When(
                    ~Q(seen_hash=F("content_hash")) | ~Q(seen_import=F("imported_at")),
                    then=Value(Looked.CHANGED.value),
                ),
                default=F("decision"),
                output_field=CharField(),
            ),
            verified=Case(
                When(
                    Q(certificate_id=None) & KEYS & Exists(whole),
                    then=Value(Verified.NO_DOCUMENT.value),
                ),
                When(certificate_id=None, then=Value(Verified.NONE.value)),
                When(checked_at__lt=F("imported_at"), then=Value(Verified.OUTDATED.value)),
                default=F("certificate_state"),
                output_field=CharField(),
            ),
        )
        .order_by("page_path", "pk")
    )


def current_runs(site: Site) -> list[ImportRun]:
    """Return the last run of each source into a site, the latest first.

    A source is known by the name of its folder, since checkouts move.
    """
    last: dict[str, ImportRun] = {}
    for run in ImportRun.objects.done().filter(site__root_page=site.root_page_id):
        last.setdefault(run.folder, run)
    return list(last.values())


def open_messages(site: Site) -> QuerySet[ImportMessage]:
    """Return what the last imports found and somebody should see to: errors and warnings."""
    return ImportMessage.objects.filter(
        run__in=[run.pk for run in current_runs(site)], level__in=[Level.ERROR, Level.WARNING]
    ).order_by("level", "rule", "pk")


@dataclass(frozen=True)
class Obstacle:
    """Something that stands in the way: how often, what, and the filter that lists it.

    ``query`` is one of the list of pages; ``run`` is the key of a run instead, where the obstacle
    is errors that belong to no page, or with ``is_missing`` files and addresses that are missing.
    """

    number: int
    text: str
    query: Mapping[str, str]
    run: int | None = None
    is_missing: bool = False


@dataclass(frozen=True)
class Readiness:
    """How far the sign-off of a site is. It is ready when nothing stands in the way."""

    pages: int
    accepted: int
    obstacles: list[Obstacle]

    @property
    def ready(self) -> bool:
        return self.pages > 0 and not self.obstacles


def readiness(site: Site) -> Readiness:
    """Return how far a site is, with a handful of queries.

    Errors, and a certificate that failed, stand in the way until somebody accepts the page all
    the same, and says why.
    """
    pages = imported_pages(site)
    errors = open_messages(site).filter(level=Level.ERROR)
    with_errors = Exists(errors.filter(page_id=OuterRef("object_id")))
    not_accepted = ~Q(looked=Looked.ACCEPTED)
    counts = pages.order_by().aggregate(
        pages=Count("pk"),
        accepted=Count("pk", filter=Q(looked=Looked.ACCEPTED)),
        unverified=Count("pk", filter=Q(verified__in=UNVERIFIED)),
        failed=Count("pk", filter=Q(verified=Certificate.State.FAILED) & not_accepted),
        work=Count("pk", filter=Q(looked=Looked.NEEDS_WORK)),
        open=Count("pk", filter=Q(looked=Looked.OPEN)),
        changed=Count("pk", filter=Q(looked=Looked.CHANGED)),
        errors=Count("pk", filter=Q(with_errors) & not_accepted),
    )
    obstacles = [
        Obstacle(counts[name], text, query)
        for name, text, query in (
            ("unverified", "not verified since the last import", {"certificate": "unverified"}),
            (
                "failed",
                "with a certificate that failed, not accepted",
                {"certificate": "failed", "state": NOT_ACCEPTED},
            ),
            (
                "errors",
                "with errors of the import, not accepted",
                {"messages": "error", "state": NOT_ACCEPTED},
            ),
            ("work", "marked as needing work", {"state": Looked.NEEDS_WORK.value}),
            ("changed", "changed by an import since somebody looked", {"state": "changed"}),
            ("open", "not looked at", {"state": Looked.OPEN.value}),
        )
        if counts[name]
    ]
    runs = {run.pk: run for run in current_runs(site)}
    for run in runs.values():
        number = errors.filter(run=run, page=None).count()
        if number:
            obstacles.append(Obstacle(number, f"in the import of {run.folder}", {}, run.pk))
    whole = SiteCertificate.objects.filter(run__in=runs, missing__gt=0).order_by("run")
    for key, number in whole.values_list("run", "missing"):
        text = f"of {runs[key].folder}, missing"
        obstacles.append(Obstacle(number, text, {}, key, is_missing=True))
    return Readiness(counts["pages"], counts["accepted"], obstacles)


def public_addresses(site: Site, page_ids: Iterable[int]) -> dict[int, str]:
    """Return where pages answer now, by key, with two queries: their own address, else their
    place in the tree."""
    ids = list(page_ids)
    own = PageAddress.objects.filter(
        site__root_page=site.root_page_id, page__in=ids, kind=PageAddress.Kind.CANONICAL
    )
    root = site.root_page.url_path
    places = Page.objects.filter(pk__in=ids).values_list("pk", "url_path")
    return {pk: f"/{path.removeprefix(root)}" for pk, path in places} | dict(
        own.values_list("page_id", "address")
    )


class ChangedMeanwhile(Exception):
    """The page is not what the person saw. The text says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "An import or a verification changed this page while you were looking at it, so"
            " nothing was recorded. Look at it again, then decide."
        )


class RemarkNeeded(Exception):
    """A decision needs a reason. The text says which."""


def seen(imported: Any) -> str:
    """Return what stands for the state of a page (of :func:`imported_pages`) that somebody
    sees: no words, which a form that nobody may send would show as typed."""
    return f"{imported.content_hash},{imported.imported_at.isoformat()},{imported.verified}"


def decide(
    imported: Any, decision: str, person: Any, remark: str, was_seen: str, has_errors: bool
) -> SignOff:
    """Record a decision about a page of :func:`imported_pages`.

    ``was_seen`` is what :func:`seen` said when the page was shown to ``person``.

    Raises:
        ChangedMeanwhile: if the page is in another state by now.
        RemarkNeeded: if the decision needs a remark and has none.
    """
    remark = remark.strip()
    if decision == Decision.NEEDS_WORK and not remark:
        raise RemarkNeeded("Say in the remark what has to be done.")
    if not remark and (has_errors or imported.verified == Certificate.State.FAILED):
        why = "has errors" if has_errors else "differs from its document"
        raise RemarkNeeded(f"The page {why}. Say in the remark why you accept it all the same.")
    if was_seen != seen(imported):
        raise ChangedMeanwhile
    is_state = imported.verified in Certificate.State.values
    return SignOff.objects.create(
        imported_id=imported.pk,
        decision=decision,
        person=person,
        person_name=name_of(person),
        decided_at=timezone.now(),
        remark=remark,
        certificate=imported.verified if is_state else "",
        content_hash=imported.content_hash,
        imported_at=imported.imported_at,
    )


def name_of(person: Any) -> str:
    """Return how a record names a person: the full name, else the one to log in with."""
    return str(person.get_full_name() or person.get_username())[:300]
