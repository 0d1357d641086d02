"""One verification from the run that it is about to the stored certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Site

from content.once import shared_by_requests
from isomer.models import Certificate, ComparedText, ImportRun, SiteCertificate
from isomer.present import edited_pages
from isomer.read import SourceError, open_source
from isomer.source import SourceKind, SourceSite
from isomer.verify.certify import Verifier, day_of
from isomer.verify.jekyll import JekyllError, rendered
from isomer.verify.jekyll import Site as JekyllSite
from isomer.verify.markdown import reader_name, ruby
from isomer.verify.whole import WholeSite, missing

Progress = Callable[[str], None]
JEKYLL, KRAMDOWN = "jekyll", "kramdown"
JUDGES = (JEKYLL, KRAMDOWN)
NO_KRAMDOWN = (
    "kramdown is not installed. On Debian and Ubuntu: apt-get install ruby-kramdown-parser-gfm."
    " Or leave out --judge, and the checker reads Markdown itself."
)


class VerificationError(Exception):
    """A run can't be verified. The text says why and what to do."""


@dataclass
class Verification:
    """What was found: the run, the certificates in the order of the source, and that of the site
    as a whole, ``None`` where one page alone was looked at."""

    run: ImportRun
    certificates: list[Certificate]
    judge: str
    whole: SiteCertificate | None = None

    @property
    def failed(self) -> list[Certificate]:
        """The certificates of pages that differ for no known reason."""
        return [one for one in self.certificates if one.state == Certificate.State.FAILED]

    @property
    def missing(self) -> list[dict[str, str]]:
        """The files and addresses that should be there and are not."""
        return self.whole.lost if self.whole is not None else []


def verify_run(
    number: int | None = None,
    hostname: str = "",
    source: Path | None = None,
    only: str = "",
    progress: Progress = lambda text: None,
    judge: str = "",
) -> Verification:
    """Compare every page of a run with its source, and store the certificates.

    ``number`` is the run's, the last one (of the site ``hostname``) when it is ``None``;
    ``source`` says where the documents are now, if not where the run found them; ``only`` is
    the address or path of one document. ``judge`` is the witness that reads the source (of
    :data:`JUDGES`), ``""`` for what is installed of kramdown and our own reader. Nothing but
    certificates is written.

    Raises:
        VerificationError: if the run, its site or its source is not there any more, if the
            source says something else than when it was imported, or if the judge is not installed
            or can't read it.
    """
    run = find_run(number, hostname)
    site = run.site
    if site is None:
        raise VerificationError(
            f"The site of run {run.pk} was deleted. Import the source into another site."
        )
    _check_host(site)
    folder = source or Path(run.source)
    try:
        with open_source(folder, progress, day_of(run)) as documents:
            _check_source(run, documents, folder)
            jekyll = _jekyll(judge, run, documents, progress)
            verifier = Verifier.of(run, site, documents, lambda: edited_pages(site), jekyll)
            with shared_by_requests():
                found = list(verifier.certificates(only, progress))
                named = "Jekyll" if jekyll else reader_name()
                one_alone = only or documents.only
                whole = None if one_alone else _whole(verifier, found, jekyll, named)
    except SourceError as error:
        raise VerificationError(
            f"{error} Run {run.pk} read {run.source}; name the place where its documents are now"
            " with --source."
        ) from error
    if only and not found:
        raise VerificationError(
            f"No document of run {run.pk} has the address or path “{only}”. Give it as the report"
            " of the import does, for example /about-us/history/ or pages/faq.md."
        )
    _store(run, found, whole, everything=not only)
    return Verification(run, found, named, whole)


def _jekyll(
    judge: str, run: ImportRun, documents: SourceSite, progress: Progress
) -> JekyllSite | None:
    """Return what Jekyll makes of the source, ``None`` if it is not the judge."""
    if judge == KRAMDOWN and ruby() is None:
        raise VerificationError(NO_KRAMDOWN)
    if judge != JEKYLL:
        return None
    if documents.kind is SourceKind.LOOSE:
        raise VerificationError("Jekyll reads repositories, not loose documents: omit --judge.")
    progress("Jekyll renders the repository")
    try:
        return rendered(documents.root, day_of(run))
    except JekyllError as error:
        raise VerificationError(str(error)) from error


def _whole(
    verifier: Verifier, found: list[Certificate], jekyll: JekyllSite | None, judge: str
) -> SiteCertificate:
    certificates = {one.source_path: one for one in found}
    places = WholeSite(verifier, certificates, jekyll).places()
    return SiteCertificate(
        run=verifier.run,
        judge=judge,
        missing=len(missing(places)),
        places=[one.as_data() for one in places],
        checked_at=timezone.now(),
    )


def find_run(number: int | None, hostname: str) -> ImportRun:
    """Return a run by number, or the last one, of a site if it is named.

    Raises:
        VerificationError: if there is none, or a later run read the same source.
    """
    runs = ImportRun.objects.done().select_related("site")
    if hostname:
        runs = runs.filter(site__hostname=hostname.partition(":")[0])
    run = runs.first() if number is None else runs.filter(pk=number).first()
    if run is None:
        what = "No import" if number is None else f"No import with the number {number}"
        into = f" into the site {hostname}" if hostname else ""
        raise VerificationError(
            f"{what}{into} was found. Run manage.py import_isomer, or look for the number under"
            " Imports in the admin."
        )
    later = ImportRun.objects.done().filter(site=run.site, source=run.source).first()
    if later is not None and later.pk != run.pk:
        raise VerificationError(
            f"Run {later.pk} imported the same source after run {run.pk}, so the site shows what"
            f" that one wrote. Verify run {later.pk}."
        )
    return run


def _check_host(site: Site) -> None:
    """Raise unless visitors may ask for the site by its host name, as Django decides it."""
    request = RequestFactory(SERVER_NAME=site.hostname, SERVER_PORT=str(site.port)).get("/")
    try:
        request.get_host()
    except DisallowedHost as error:
        raise VerificationError(
            f"The site answers at {site.hostname}, which ALLOWED_HOSTS does not name or which is"
            " no host name, so visitors get no page. Add it there, or correct the site's host"
            " name under Settings, Sites."
        ) from error


def _check_source(run: ImportRun, documents: SourceSite, folder: Path) -> None:
    commit = documents.commit.label if documents.commit else ""
    same = documents.digest == run.source_hash if run.source_hash else commit == run.commit
    if same:
        return
    then = f" (commit {run.commit} then, {commit or 'none'} now)" if run.commit != commit else ""
    raise VerificationError(
        f"{folder} has changed since run {run.pk} imported it{then}. Import it again, or put back"
        " what was imported, for example by checking that commit out into another folder and"
        " naming it with --source."
    )


def _store(
    run: ImportRun, found: list[Certificate], whole: SiteCertificate | None, everything: bool
) -> None:
    before = Certificate.objects.filter(run=run)
    if not everything:
        before = before.filter(source_path__in=[one.source_path for one in found])
    with transaction.atomic():
        before.delete()
        Certificate.objects.bulk_create(found, batch_size=100)
        texts = [one.compared_text for one in found if hasattr(one, "compared_text")]
        ComparedText.objects.bulk_create(texts, batch_size=100)
        _forget_older_texts(run, found)
        if whole is not None:
            SiteCertificate.objects.filter(run=run).delete()
            whole.save()


def _forget_older_texts(run: ImportRun, found: list[Certificate]) -> None:
    """Drop the texts of earlier runs that nobody is shown any more; their certificates stay."""
    older = ComparedText.objects.filter(
        certificate__run__site=run.site, certificate__run__started_at__lt=run.started_at
    )
    paths = [one.source_path for one in found]
    for start in range(0, len(paths), 500):
        older.filter(certificate__source_path__in=paths[start : start + 500]).delete()
