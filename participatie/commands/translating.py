"""How do texts get to the translation engine? By the worker, from a queue, never while a visitor waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import click
from sqlalchemy import Engine as Database
from sqlalchemy import update
from sqlalchemy.engine import CursorResult

from participatie.actions.translating import keep_engine_translation, queue_for_engine
from participatie.commands.clock import now
from participatie.commands.engine import EngineError, translate
from participatie.models.content_translations import (
    Source,
    TranslationJob,
    due_jobs,
    original_of,
    source_of,
    translations_into,
)
from participatie.models.database import session_for, transaction
from participatie.settings import Engine
from participatie.spelregels.translations import ContentKind, Translator

LOOK_EVERY = timedelta(minutes=1)
QUEUED_AT_ONCE = 100  # objects of a kind
CLAIM = timedelta(minutes=5)
RETRY = timedelta(minutes=2)
MOST_RETRIES_APART = 8
MOST_TRIES = 12
#: How long a server that fails is left alone, so that mail does not wait for it.
REST = timedelta(minutes=1)
#: A hidden text goes nowhere; it may come back.
WHILE_HIDDEN = timedelta(days=1)


class Interpreter:
    """Puts what is published before the engine, one object and language at a time."""

    def __init__(self, database: Database, engine: Engine) -> None:
        """Begin with looking what there is."""
        self.database = database
        self.engine = engine
        self._look_at: datetime | None = None
        self._rest_until: datetime | None = None

    def work(self) -> int:
        """Translate one object into one language; return 0 when there is nothing to do, or the server rests.

        A job is claimed and sent like mail: a worker that dies leaves it due again, and one that fails is tried
        ever later, and given up after twelve times. The log says so.
        """
        moment = now()
        if self._look_at is None or moment >= self._look_at:
            self._look_at = moment + LOOK_EVERY
            with transaction(self.database) as session:
                for kind in ContentKind:
                    queue_for_engine(session, kind, moment, QUEUED_AT_ONCE)
        if self._rest_until is not None and moment < self._rest_until:
            return 0
        with session_for(self.database, writes=False) as session:
            job = session.scalar(due_jobs(moment, MOST_TRIES, 1))
        if job is None:
            return 0
        return self._do(job) if self._claim(job) else 1

    def _do(self, job: TranslationJob) -> int:
        source, known = self._source(job)
        if source is not None and source.hidden:
            self._put_off(job, WHILE_HIDDEN, tries=0)
            return 1
        if source is None or known:
            self._finish(job, None, ())
            return 1
        try:
            texts = translate(self.engine, list(source.texts.values()), source.lang, job.lang)
        except EngineError as error:
            later = "later nog eens" if job.tries + 1 < MOST_TRIES else "opgegeven"
            click.echo(
                f"{job.object_kind} {job.object_id} is niet vertaald in {job.lang} ({error}); {later}.", err=True
            )
            self._put_off(job, RETRY * 2 ** min(job.tries, MOST_RETRIES_APART), tries=job.tries + 1)
            if error.of_one_text:
                return 1
            self._rest_until = now() + REST
            return 0
        self._finish(job, source, texts)
        return 1

    def _source(self, job: TranslationJob) -> tuple[Source | None, bool]:
        """Return the original of a job as it stands, and whether a person translated it already."""
        with session_for(self.database, writes=False) as session:
            row = session.scalar(original_of(job.object_kind, job.object_id))
            source = source_of(row) if row is not None else None
            there = session.scalars(translations_into(job.lang, job.object_kind, [job.object_id])).all()
        known = [each for each in there if source is not None and each.source_sha256 == source.sha256]
        return source, any(each.made_by is Translator.PERSON for each in known)

    def _finish(self, job: TranslationJob, source: Source | None, texts: Sequence[str]) -> None:
        with transaction(self.database) as session:
            row = session.scalar(original_of(job.object_kind, job.object_id)) if source is not None else None
            if source is not None and row is not None:
                # Kept under the fingerprint of what was sent: of a text that changed meanwhile nobody reads it.
                as_sent = replace(source, traject=source_of(row).traject)
                named = dict(zip(source.texts, texts, strict=True))
                keep_engine_translation(session, as_sent, job.lang, named, now())
            session.execute(update(TranslationJob).where(TranslationJob.id == job.id).values(done_at=now()))

    def _claim(self, job: TranslationJob) -> bool:
        with transaction(self.database) as session:
            result = session.execute(
                update(TranslationJob)
                .where(
                    TranslationJob.id == job.id,
                    TranslationJob.done_at.is_(None),
                    TranslationJob.due_at == job.due_at,
                )
                .values(due_at=now() + CLAIM, tries=TranslationJob.tries + 1)
            )
            return isinstance(result, CursorResult) and result.rowcount == 1

    def _put_off(self, job: TranslationJob, wait: timedelta, tries: int) -> None:
        with transaction(self.database) as session:
            session.execute(
                update(TranslationJob).where(TranslationJob.id == job.id).values(due_at=now() + wait, tries=tries)
            )
