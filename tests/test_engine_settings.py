"""A translation engine is off until it is set, and set wrongly it stops the start."""

from pathlib import Path

import pytest

from participatie.settings import DEEPL, LIBRETRANSLATE, Engine, SettingError
from tests.test_settings import read


def test_no_text_leaves_the_house_by_default(tmp_path: Path) -> None:
    assert read(tmp_path).translate is None


def test_each_engine_can_be_set(tmp_path: Path) -> None:
    libre = read(tmp_path, TRANSLATE_ENGINE="libretranslate", TRANSLATE_URL="http://vertaal.example:5000/")
    assert libre.translate == Engine(LIBRETRANSLATE, "http://vertaal.example:5000", "")
    assert libre.translate.host == "vertaal.example"
    paid = read(tmp_path, TRANSLATE_ENGINE="deepl", TRANSLATE_KEY="een-sleutel")
    assert paid.translate == Engine(DEEPL, "https://api.deepl.com", "een-sleutel")
    free = read(tmp_path, TRANSLATE_ENGINE="deepl", TRANSLATE_KEY="een-sleutel:fx")
    assert free.translate is not None
    assert free.translate.url == "https://api-free.deepl.com"


@pytest.mark.parametrize(
    "given, named",
    [
        ({"TRANSLATE_ENGINE": "babelfish", "TRANSLATE_URL": "https://v.example"}, "TRANSLATE_ENGINE"),
        ({"TRANSLATE_URL": "https://v.example"}, "TRANSLATE_ENGINE"),
        ({"TRANSLATE_KEY": "een-sleutel"}, "TRANSLATE_ENGINE"),
        ({"TRANSLATE_ENGINE": "libretranslate"}, "TRANSLATE_URL"),
        ({"TRANSLATE_ENGINE": "libretranslate", "TRANSLATE_URL": "v.example"}, "TRANSLATE_URL"),
        ({"TRANSLATE_ENGINE": "libretranslate", "TRANSLATE_URL": "file:///etc/passwd"}, "TRANSLATE_URL"),
        ({"TRANSLATE_ENGINE": "deepl"}, "TRANSLATE_KEY"),
        ({"TRANSLATE_ENGINE": "deepl", "TRANSLATE_KEY": "k", "TRANSLATE_URL": "http://v.example"}, "TRANSLATE_URL"),
    ],
)
def test_a_wrong_engine_stops_the_start(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named) as refusal:
        read(tmp_path, **given)
    assert "een-sleutel" not in str(refusal.value)
