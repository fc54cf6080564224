"""How does the demo get into an empty database?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participatie.actions.votes import issue_codes
from participatie.actions.watching import Watch, unwatched
from participatie.commands.demo.answering import plan_answers
from participatie.commands.demo.carrying_out import plan_carrying_out
from participatie.commands.demo.content import STORIES, read_areas, read_assessment, read_people, read_story
from participatie.commands.demo.ending import plan_ending
from participatie.commands.demo.hearing import plan_meetings, plan_merges
from participatie.commands.demo.moderating import plan_moderation, plan_organisations
from participatie.commands.demo.others import plan_others
from participatie.commands.demo.panels import plan_panels
from participatie.commands.demo.people import accounts_to_show, make_accounts, make_areas, which_exist
from participatie.commands.demo.photos import plan_photos
from participatie.commands.demo.places import draw_areas
from participatie.commands.demo.postcodes import plan_postcodes
from participatie.commands.demo.profile import plan_answers_about_self, plan_figures
from participatie.commands.demo.promised import plan_promised
from participatie.commands.demo.promises import plan_promises
from participatie.commands.demo.readers import plan_readers
from participatie.commands.demo.stories import Story, World
from participatie.commands.demo.texts import MAIL_DOMAIN
from participatie.commands.demo.timeline import DemoRefusedError, Timeline
from participatie.commands.demo.translations import plan_translations
from participatie.commands.demo.voting import plan_besluit, plan_vote
from participatie.models.outbox import OutboxMail
from participatie.models.wijken import Area
from participatie.spelregels.verdicts import Refused

FRESH_CODES = 5


class DatabaseNotEmptyError(Exception):
    """There are areas already: the demo never mixes with a real gemeente."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """Who can log in (address, who that is), and codes to vote with in the round `voting_slug`.

    The codes are kept nowhere else: they can be read here and never again.
    """

    accounts: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    voting_slug: str


def load_demo(session: Session, secret_key: str, now: datetime, watch: Watch = unwatched) -> DemoSummary:
    """Fill the database with Lindewaard, a gemeente that does not exist, as it would be at `now` (UTC).

    Everything goes through the actions at moments in the past, in the order of time,
    so that log, phases and rules are real. No mail is left to be sent. The caller
    commits. Raises DatabaseNotEmptyError when there is any area.
    """
    if session.scalar(select(Area.id).limit(1)) is not None:
        raise DatabaseNotEmptyError("The database has areas already. The demo needs an empty one.")
    timeline = Timeline(now)
    people = read_people()
    areas = make_areas(session, read_areas())
    draw_areas(session, timeline)
    accounts = make_accounts(session, people, areas, timeline)
    staff = {name: accounts[person.key] for name, person in people.staff.items()}
    world = World(session, timeline, areas, accounts, staff, read_assessment(), secret_key)
    plan_organisations(world)
    plan_figures(world)
    plan_postcodes(world)
    stories = {name: Story(world, read_story(name)) for name in STORIES}
    for story in stories.values():
        story.prepare()
        story.collect()
        plan_answers_about_self(story)
        plan_answers(story)
        plan_promises(story)
        plan_vote(story)
        plan_besluit(story)
        plan_carrying_out(story)
        plan_promised(story)
        plan_ending(story)
        plan_meetings(story)
        plan_moderation(story)
        plan_merges(story)
    plan_panels(stories)
    plan_others(world)
    plan_readers(world)
    plan_photos(stories["collecting"])
    plan_translations(stories["collecting"])
    timeline.play(watch)
    voting = stories["voting"]
    codes = issue_codes(
        session, voting.manager.actor(), voting.round, FRESH_CODES, "Codes voor bezoekers van de demo", secret_key, now
    )
    if isinstance(codes, Refused):
        raise DemoRefusedError(codes)
    _call_all_mail_sent(session)
    return DemoSummary(accounts_to_show(people), tuple(str(code) for code in codes), voting.text.round.slug)


def known_accounts(session: Session) -> tuple[tuple[str, str], ...]:
    """Return the accounts of the demo that are in the database: none where it was not loaded."""
    return which_exist(session, accounts_to_show(read_people()))


def _call_all_mail_sent(session: Session) -> None:
    # A worker with a real mail server must never write to these addresses.
    session.flush()
    demo_mail = OutboxMail.recipient.endswith(f"@{MAIL_DOMAIN}")
    session.execute(
        update(OutboxMail).where(demo_mail).values(sent_at=OutboxMail.created_at),
        execution_options={"synchronize_session": False},
    )
