"""Adding a photo to an idea, looking at it, and taking it away, on the screen."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import withdraw_idea
from participatie.actions.moderation import hide_idea
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.models.photos import Photo, PhotoFile
from participatie.settings import Settings
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.web.mail import render_mail
from tests.blueprints.full_world import somebody
from tests.databases import counting_queries
from tests.factories import a_resident, a_traject, an_idea, done, now_of
from tests.factories.photos import ALT, a_drawing, a_file, a_photo, of_a_phone
from tests.visitor import Visitor

WHY = "Op de foto is een kind goed te herkennen."
VisitAs = Callable[[Account], Visitor]


def address(photo: Photo, size: int = 480, digest: str | None = None) -> str:
    return f"/fotos/{photo.id}/{digest or photo.digest}-{size}.webp"


def send(visitor: Visitor, idea: Idea, file: BytesIO, status: int = 303, **fields: Any) -> None:
    """Fill in the form for a photo and send it, as a browser does."""
    url = f"/ideeen/{idea.id}/fotos/nieuw"
    visitor.get(url)
    visitor.post(url, {"alt": ALT, "lang": "nl", "photo": (file, "IMG_0001.HEIC"), **fields}, status)
    assert visitor.response is not None
    # The test client puts what is large in a file, and leaves it open.
    visitor.response.request.environ["wsgi.input"].close()


def a_photo_in_a_draft(session: Session) -> Photo:
    """What no act makes: a photo in a traject that was not opened."""
    traject = a_traject(session, opened=False)
    idea = an_idea(session)
    facts = {"title": "Een boom", "body": "Hier.", "created_at": idea.created_at}
    drafted = Idea(traject=traject, area=idea.area, author=idea.author, **facts)
    shown = a_photo(session, idea, 5)
    facts = {name: getattr(shown, name) for name in ("width", "height", "small_width", "small_height", "created_at")}
    photo = Photo(idea=drafted, position=1, alt=ALT, lang="nl", sha256=shown.sha256, **facts)
    session.add(photo)
    session.flush()
    session.add(PhotoFile(photo_id=photo.id, size=480, content=b"klein"))
    session.commit()
    return photo


def sources(visitor: Visitor) -> list[str]:
    """The addresses of the photos on the last page."""
    assert visitor.page is not None
    return [image.get("src", "") for image in visitor.page.all("img", class_="pp-photo")]


def test_an_author_adds_a_photo_and_everybody_sees_it(visit_as: VisitAs, visitor: Visitor, session: Session) -> None:
    author = a_resident(session)
    idea = an_idea(session, author=author)
    listed = f"/trajecten/{idea.traject.slug}/ideeen"
    visitor.get(listed)
    writer = visit_as(author)
    writer.get(f"/ideeen/{idea.id}")
    writer.click("Voeg een foto toe")
    send(writer, idea, of_a_phone(6))
    assert "De foto staat bij uw idee" in writer.follow().text
    for page in (f"/ideeen/{idea.id}", listed):
        [image] = visitor.get(page).all("img", class_="pp-photo")
        assert (image.get("alt"), image.get("lang"), image.get("loading")) == (ALT, "nl", "lazy")
        assert (image.get("width"), image.get("height"), image.get("decoding")) == ("480", "640", "async")
        small, large = (entry.split()[0] for entry in image.get("srcset", "").split(", "))
        assert small == image.get("src")
        for url, width in ((small, 480), (large, 1200)):
            answer = visitor.client.get(url)
            assert Image.open(BytesIO(answer.data)).size == (width, width * 4 // 3)


def test_a_photo_is_kept_by_browsers_and_brings_no_cookie(client: FlaskClient, session: Session) -> None:
    photo = a_photo(session, an_idea(session))
    answer = client.get(address(photo))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"klein 0", "image/webp")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    again = client.get(address(photo), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(address(photo, 1200)).data == b"groot 0"


def test_no_other_address_shows_a_photo(client: FlaskClient, session: Session) -> None:
    photo = a_photo(session, an_idea(session))
    for url in (
        address(photo, 481),
        address(photo, digest="0" * 16),
        address(photo, digest="%" + "25" + "_" * 15),
        f"/fotos/99999999/{photo.digest}-480.webp",
        f"/fotos/{photo.id}/{photo.digest[:8]}-480.webp",
        f"/fotos/{photo.id}/{photo.digest}-480.jpeg",
    ):
        assert client.get(url).status_code == 404, url


def test_photos_of_what_is_not_public_are_not_there(client: FlaskClient, visit_as: VisitAs, session: Session) -> None:
    hidden, withdrawn = an_idea(session), an_idea(session)
    addresses = [address(a_photo(session, idea)) for idea in (hidden, withdrawn)]
    addresses.append(address(a_photo_in_a_draft(session)))
    moderator = somebody(session, Role.MODERATOR)
    done(hide_idea(session, moderator.actor(), hidden, HouseRule.INSULT, WHY, now_of(session)))
    done(withdraw_idea(session, withdrawn.author, withdrawn, now_of(session)))
    for url in addresses:
        assert client.get(url).status_code == 404
    assert visit_as(a_resident(session)).client.get(addresses[0]).status_code == 404
    for who in (hidden.author, moderator):
        answer = visit_as(who).client.get(addresses[0])
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("kind", ["HEIF", "PNG"])
def test_what_other_phones_send_is_taken_too(visit_as: VisitAs, session: Session, kind: str) -> None:
    idea = an_idea(session)
    send(visit_as(idea.author), idea, a_file(kind, a_drawing(800, 600)))
    assert session.scalars(select(Photo)).one().width == 800


def test_a_file_that_is_too_large_is_refused_and_nothing_typed_is_lost(visit_as: VisitAs, session: Session) -> None:
    """Abuse case 43."""
    idea = an_idea(session)
    author = visit_as(idea.author)
    send(author, idea, BytesIO(bytes(21_000_000)), 400, lang="tr")
    assert author.page is not None
    assert "20 MB" in author.page.text
    assert "Kies de foto opnieuw" in author.page.text
    assert author.page.all("input", name="alt")[0].get("value") == ALT
    assert author.page.all("option", value="tr")[0].get("selected") is not None
    assert author.page.all("input", name="photo")[0].get("accept") == "image/*"


def test_a_body_above_all_limits_is_refused(visit_as: VisitAs, session: Session) -> None:
    """Abuse case 43."""
    idea = an_idea(session)
    author = visit_as(idea.author)
    author.get(f"/ideeen/{idea.id}/fotos/nieuw")

    def sent_to(page: str, length: int) -> int:
        answer = author.client.post(
            f"/ideeen/{idea.id}/{page}",
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(length)},
        )
        return answer.status_code

    assert sent_to("fotos/nieuw", 99_000_000) == 413
    assert sent_to("fotos/nieuw", 3_000_000) == 400
    # Elsewhere a form stays small.
    assert sent_to("steunen", 3_000_000) == 413


@pytest.mark.parametrize(
    "fields, told",
    [
        ({"photo": (BytesIO(b"<svg onload='x()'/>"), "foto.jpg")}, "kunnen we niet als foto lezen"),
        ({"photo": (BytesIO(b""), "")}, "Kies een foto"),
        ({"alt": "  "}, "Vul dit in"),
        ({"alt": "x" * 201}, "te lang"),
        ({"lang": "xx"}, "In welke taal"),
    ],
)
def test_what_is_missing_is_asked(visit_as: VisitAs, session: Session, fields: dict[str, Any], told: str) -> None:
    """Abuse case 42."""
    idea = an_idea(session)
    author = visit_as(idea.author)
    send(author, idea, a_file(image=a_drawing(100, 100)), 400, **fields)
    assert author.page is not None
    assert told in author.page.text
    assert session.scalars(select(Photo)).all() == []


def test_with_three_photos_the_form_and_its_button_are_gone(visit_as: VisitAs, session: Session) -> None:
    idea = an_idea(session)
    author = visit_as(idea.author)
    assert "nog 3 foto's" in author.get(f"/ideeen/{idea.id}/fotos/nieuw").text
    for number in range(3):
        a_photo(session, idea, number)
    assert "3 foto's" in author.get(f"/ideeen/{idea.id}/fotos/nieuw", 403).text
    assert "Voeg een foto toe" not in author.get(f"/ideeen/{idea.id}").text


def test_an_author_takes_a_photo_away(visit_as: VisitAs, visitor: Visitor, session: Session) -> None:
    idea = an_idea(session)
    url = address(a_photo(session, idea))
    visitor.get(f"/ideeen/{idea.id}")
    assert sources(visitor) == [url]
    author = visit_as(idea.author)
    author.get(f"/ideeen/{idea.id}")
    author.click("Haal foto 1 weg")
    author.submit("Haal de foto weg")
    assert "De foto is weg" in author.follow().text
    visitor.get(f"/ideeen/{idea.id}")
    assert not sources(visitor)
    assert visitor.client.get(url).status_code == 404


def test_a_moderator_takes_a_photo_away_and_its_author_reads_why(
    visit_as: VisitAs, visitor: Visitor, session: Session, settings: Settings
) -> None:
    idea = an_idea(session)
    a_photo(session, idea)
    moderator = visit_as(somebody(session, Role.MODERATOR))
    assert "Nieuwste foto's" in moderator.get("/moderatie").text
    assert len(sources(moderator)) == 1
    moderator.get(f"/ideeen/{idea.id}")
    moderator.click("Haal foto 1 weg")
    page = moderator.submit("Haal de foto weg", reason=WHY, status=400)
    assert WHY in page.text
    moderator.submit("Haal de foto weg", house_rule="privégegevens van anderen", reason=WHY)
    moderator.follow()
    assert WHY in visit_as(idea.author).get(f"/ideeen/{idea.id}").text
    assert WHY not in visitor.get(f"/ideeen/{idea.id}").text
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "photo_removed")).one()
    assert WHY in render_mail(mail.template, "nl", mail.facts, settings).body


def test_a_photo_goes_with_its_own_idea_alone(visit_as: VisitAs, session: Session) -> None:
    mine, other = an_idea(session), an_idea(session)
    photo = a_photo(session, other)
    author = visit_as(mine.author)
    author.get(f"/ideeen/{mine.id}/fotos/{photo.id}/weghalen", 404)
    author.get(f"/ideeen/{other.id}/fotos/{photo.id}/weghalen", 403)


def test_many_photos_cost_no_more_questions_and_lists_load_no_bytes(
    visitor: Visitor, session: Session, engine: Engine
) -> None:
    traject = a_traject(session)
    url = f"/trajecten/{traject.slug}/ideeen?taal=nl"

    def asked() -> list[str]:
        visitor.get(url)
        with counting_queries(engine) as queries:
            visitor.get(url)
        return queries

    a_photo(session, an_idea(session, traject))
    before = asked()
    for number in range(6):
        idea = an_idea(session, traject)
        a_photo(session, idea, number)
        a_photo(session, idea, number + 10)
    after = asked()
    assert len(after) == len(before)
    assert not any("idea_photo_file" in query for query in after)
    assert len(sources(visitor)) == 7
