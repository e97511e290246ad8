"""A page's picture is light enough for the page that shows it, and its print stays print."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

from oneplace.archive.queries import HEAVIEST, _small

A4 = (1190, 1684)


def printed(lines: int, size: int) -> Image.Image:
    page = Image.new("RGB", A4, "white")
    drawing = ImageDraw.Draw(page)
    letters = random.Random(7)
    for number in range(lines):
        words = "".join(letters.choice("abcdefghij klmnopq rstuvw xyz") for _ in range(150))
        drawing.text((40, 20 + number * (size + 3)), words, fill="black", font_size=size)
    return page


def test_a_page_of_print_is_kept_without_loss_of_its_white() -> None:
    picture = Image.open(io.BytesIO(_small(printed(60, 20))))
    assert picture.size == A4
    assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_full_page_is_light_enough_for_the_page_that_shows_it() -> None:
    dense = printed(38, 24)
    assert len(_small(dense)) <= HEAVIEST
    plain = io.BytesIO()
    dense.save(plain, "WEBP", quality=80, method=4)
    assert len(plain.getvalue()) > HEAVIEST, "it would not be, drawn as a photograph"
