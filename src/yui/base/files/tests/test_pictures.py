"""A picture leaves everything behind but itself."""

import struct
import zlib

import pytest

from yui.base.files.pictures import NotAPicture, without_metadata


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation=6, secret=b"35.0N 136.0E"):
    tiff = b"II*\x00" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0) + secret
    return segment(0xE1, b"Exif\x00\x00" + tiff)


def jpeg(*extra, tail=b""):
    scan = b"\x12\xff\x00\x34\xff\xd0\x56"
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") + b"".join(extra)
        + segment(0xE2, b"ICC_PROFILE\x00\x01\x01colour") + segment(0xDB, bytes(65))
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + scan + b"\xff\xd9" + tail
    )  # fmt: skip


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*extra, tail=b""):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + body + chunk(b"IEND", b"") + tail


def test_a_jpeg_loses_place_remark_and_tail_but_keeps_picture_colour_and_orientation():
    given = jpeg(exif(), segment(0xFE, b"secret remark"), segment(0xED, b"Photoshop secret"), tail=b"secret tail")
    made = without_metadata(given)
    assert b"35.0N" not in made
    assert b"secret" not in made
    assert b"ICC_PROFILE" in made
    assert made.endswith(b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9")
    assert made.count(b"Exif") == 1
    assert without_metadata(made) == made


def test_an_upright_jpeg_keeps_no_exif_at_all():
    assert b"Exif" not in without_metadata(jpeg(exif(orientation=1)))
    assert without_metadata(jpeg()) == jpeg()


def test_a_png_loses_texts_and_tail():
    given = png(
        chunk(b"tEXt", b"Author\x00secret"), chunk(b"eXIf", b"secret"), chunk(b"gAMA", bytes(4)), tail=b"secret"
    )
    assert without_metadata(given) == png(chunk(b"gAMA", bytes(4)))


@pytest.mark.parametrize("broken", [jpeg()[:-3], png()[:-6], b"\xff\xd8\xff\xe0\x00", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_a_broken_picture_is_refused(broken):
    with pytest.raises(NotAPicture):
        without_metadata(broken)
