"""What do the photos of the demo show? Drawings of a few shapes, made while loading; their texts say so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw

from participatie.actions.photos import add_photo
from participatie.actions.pictures import Picture, make_picture
from participatie.actions.wijkbudget.results import add_plan_photo
from participatie.commands.demo.stories import Story
from participatie.models.wijkbudget import Milestone, Plan
from participatie.spelregels.verdicts import Refused

#: Every idea is in by then.
ADDED = timedelta(hours=30)
SIZE = WIDTH, HEIGHT = 1200, 900
AIR, STONE, GRASS, WOOD, BRICK, WATER = "#cfe3f2", "#b9b4ab", "#6c9a4e", "#7a5230", "#a8563c", "#3f6f8f"
FLOWERS = ("#c83a5e", "#e0a020", "#7a4fa0", "#f4f1e8")

Drawing = Callable[[ImageDraw.ImageDraw], None]


def _front_garden(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, WIDTH, 640), BRICK)
    for left in (120, 720):
        draw.rectangle((left, 140, left + 340, 480), AIR)
    draw.rectangle((0, 640, WIDTH, 720), GRASS)
    _flowers(draw, 640)
    for left in range(0, WIDTH, 200):
        draw.rectangle((left + 5, 725, left + 195, HEIGHT), STONE)


def _bench(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 430, WIDTH, HEIGHT), WATER)
    draw.rectangle((0, 640, WIDTH, HEIGHT), STONE)
    for top in (480, 540, 610):
        draw.rectangle((350, top, 850, top + 36), WOOD)
    for left in (400, 770):
        draw.rectangle((left, 640, left + 30, 740), WOOD)


def _flower_strip(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(0, 380), (WIDTH, 620), (WIDTH, HEIGHT), (0, HEIGHT)], GRASS)
    for row in range(4):
        _flowers(draw, 640 + row * 65)


def _flowers(draw: ImageDraw.ImageDraw, top: int) -> None:
    for place, left in enumerate(range(40, WIDTH, 75)):
        middle = top + place * 29 % 40
        draw.ellipse((left, middle - 22, left + 44, middle + 22), FLOWERS[place % len(FLOWERS)])


def _kitchen_garden(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 420, WIDTH, HEIGHT), GRASS)
    draw.polygon([(760, 420), (760, 260), (900, 180), (1040, 260), (1040, 420)], BRICK)
    for left in range(60, WIDTH - 240, 290):
        draw.rectangle((left, 640, left + 230, 760), WOOD)
        for plant in range(left + 20, left + 220, 50):
            draw.ellipse((plant, 590, plant + 40, 650), FLOWERS[plant % len(FLOWERS)])


PHOTOS: dict[str, tuple[Drawing, str]] = {
    "Geveltuintjes aan het Touwpad": (
        _front_garden,
        "Een tekening, geen foto: een huis van rode steen met een rand vol bloemen tussen de muur en de stoep.",
    ),
    "Een bankje halverwege de Ankerkade": (
        _bench,
        "Een tekening, geen foto: een houten bank op een kade, met water erachter.",
    ),
    "Een bloemenlint voor bijen langs het talud": (
        _flower_strip,
        "Een tekening, geen foto: een groene helling met vier rijen bloemen in vier kleuren.",
    ),
}


#: Drawings of what was carried out.
STEPS: dict[str, tuple[Drawing, str]] = {
    "moestuin": (
        _kitchen_garden,
        "Een tekening, geen foto: vier houten bakken met planten op een veld, met een schuurtje erachter.",
    ),
}


def plan_photos(story: Story) -> None:
    """Plan that the authors of a few ideas add what they drew."""
    for title in PHOTOS:
        story.timeline.at(story.timeline.now - ADDED, partial(_add, story, title))


def show_step(story: Story, plan: Plan, step: Milestone, name: str, now: datetime) -> Refused | None:
    """Put the drawing of that name with a step that is done."""
    drawing, alt = STEPS[name]
    picture = _picture(drawing)
    if isinstance(picture, Refused):
        return picture
    story.session.flush()
    shown = add_plan_photo(story.session, story.manager.actor(), plan, step, picture, alt, now)
    return shown if isinstance(shown, Refused) else None


def _add(story: Story, title: str, now: datetime) -> object:
    drawing, alt = PHOTOS[title]
    picture, idea = _picture(drawing), story.made.ideas[title]
    return (
        picture
        if isinstance(picture, Refused)
        else add_photo(story.session, idea.author, idea, picture, alt, "nl", now)
    )


def _picture(drawing: Drawing) -> Picture | Refused:
    image = Image.new("RGB", SIZE, AIR)
    drawing(ImageDraw.Draw(image))
    file = BytesIO()
    image.reduce(2).save(
        file, "PNG", compress_level=1
    )  # a few shapes need no more, and it is made while somebody waits
    file.seek(0)
    return make_picture(file)
