"""Removing what a picture tells besides the picture: place, camera, owner, remarks, anything after its end.

Works on segments (JPEG, ITU-T T.81) and chunks (PNG, W3C PNG 3rd edition); the picture itself is not decoded, so
nothing is lost. The orientation of a JPEG is kept, or photographs from telephones would lie on their side.
"""

import struct
import zlib

PNG_SIGN = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
     b"acTL", b"fcTL", b"fdAT", b"cICP"}
)  # fmt: skip
SOI, EOI, SOS, APP0, APP1, APP2, APP14, APP15, COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
ORIENTATION = 0x0112


class NotAPicture(ValueError):
    """The bytes begin like a picture and go on like something else."""


def without_metadata(data: bytes) -> bytes:
    """The same JPEG or PNG without metadata. Raises ``NotAPicture`` for broken ones."""
    if data.startswith(PNG_SIGN):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    raise NotAPicture("neither JPEG nor PNG")


def _png(data: bytes) -> bytes:
    parts, position = [PNG_SIGN], len(PNG_SIGN)
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name = data[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(data):
            break
        if struct.unpack_from(">I", data, end - 4)[0] != zlib.crc32(data[position + 4 : end - 4]):
            raise NotAPicture("wrong checksum of a chunk")
        if name in PNG_KEPT:
            parts.append(data[position:end])
        if name == b"IEND":
            return b"".join(parts)
        position = end
    raise NotAPicture("the PNG does not end")


def _jpeg(data: bytes) -> bytes:
    parts, position, turned = [b"\xff\xd8"], 2, 1
    while position + 2 <= len(data):
        if data[position] != 0xFF:
            raise NotAPicture("no marker where one must be")
        marker = data[position + 1]
        if marker == 0xFF:  # a filling byte
            position += 1
            continue
        if marker == EOI:
            kept = b"".join(parts[1:]) + b"\xff\xd9"
            return parts[0] + (_orientation_segment(turned) if turned != 1 else b"") + kept
        if position + 4 > len(data):
            break
        end = position + 2 + struct.unpack_from(">H", data, position + 2)[0]
        if end > len(data) or end < position + 4:
            break
        segment = data[position:end]
        if marker == APP1 and segment[4:10] == b"Exif\x00\x00":
            turned = _orientation(segment[10:]) or turned
        if _kept(marker, segment):
            parts.append(segment)
        position = end
        if marker == SOS:
            end = _end_of_scan(data, position)
            parts.append(data[position:end])
            position = end
    raise NotAPicture("the JPEG does not end")


def _kept(marker: int, segment: bytes) -> bool:
    if marker == APP2:
        return segment[4:16] == b"ICC_PROFILE\x00"
    return marker in (APP0, APP14) or not (APP0 <= marker <= APP15 or marker == COM)


def _end_of_scan(data: bytes, position: int) -> int:
    """Where the next marker begins that is neither a stuffed byte nor a restart."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            raise NotAPicture("the scan does not end")
        if data[position + 1] != 0 and not 0xD0 <= data[position + 1] <= 0xD7:
            return position
        position += 2


def _orientation(tiff: bytes) -> int | None:
    """The orientation (1 to 8) of an Exif block, ``None`` when it has none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return None
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    if start + 2 > len(tiff):
        return None
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for number in range(count):
        at = start + 2 + 12 * number
        if at + 12 > len(tiff):
            return None
        tag, kind = struct.unpack_from(f"{order}HH", tiff, at)
        if tag == ORIENTATION and kind == 3:
            (value,) = struct.unpack_from(f"{order}H", tiff, at + 8)
            return value if 1 <= value <= 8 else None
    return None


def _orientation_segment(value: int) -> bytes:
    """An Exif segment that holds the orientation and nothing else."""
    tiff = b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, value, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
