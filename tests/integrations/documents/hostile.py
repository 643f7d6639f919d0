"""Files made to harm whoever opens them: bombs, lies about size, locked, two things at once, programs, loops."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, data: bytes = b"", *, extra: bytes = b"") -> bytes:
    """A PNG that claims a size and holds what it is given."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + _chunk(b"IDAT", zlib.compress(data, 1)) + _chunk(b"IEND", b"")


def picture(kind: str = "PNG", text: str = "Invoice 12345") -> bytes:
    """A small honest picture with some writing."""
    image = Image.new("RGB", (320, 120), "white")
    ImageDraw.Draw(image).text((20, 40), text, fill="black", font_size=28)
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def pdf(*objects: bytes, root: bytes = b"<</Type/Catalog/Pages 2 0 R>>", trailer: bytes = b"") -> bytes:
    """A PDF of the objects given, number 2 onwards, with an honest cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate((root, *objects), 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
    return bytes(out)


def _stream(body: bytes, head: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(body), head, body)


_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def _page(extra: bytes = b"", box: bytes = b"0 0 400 400") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]%s>>" % (box, extra)


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def _tiff(width: int, height: int) -> bytes:
    entries = (
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (278, 4, height),
        (279, 4, 16),
    )
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<I", 24) + b"\0" * 16 + struct.pack("<H", len(entries)) + body + struct.pack("<I", 0)


def _frames() -> bytes:
    frames = [Image.new("P", (64, 64), number % 250) for number in range(150)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def _flate(times: int, size: int) -> bytes:
    """Zeros packed again and again."""
    body = b"\0" * size
    for _ in range(times):
        body = zlib.compress(body, 1)
    return body


def _painted(content: bytes, extra: bytes = b"") -> bytes:
    return pdf(_PAGES, _page(b"/Contents 4 0 R" + extra), _stream(content))


_ENCRYPT = (
    b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">>>"
    b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
)
_BOOK = {"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}


def crafted() -> dict[str, bytes]:
    """Every hostile file by what it does."""
    long_text = zlib.compress(b"A" * 80_000_000, 1)
    huge_image = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
    return {
        "png_bomb": png(30_000, 30_000, b"\0" * 4_000_000),
        "png_at_the_limit": png(7_000, 7_000, b"\0" * (7_000 * 21_001)),
        "png_too_lean": png(60_000, 1, b"\0" * 180_001),
        "png_no_width": png(0, 10),
        "png_largest": png(2**31 - 1, 2**31 - 1),
        "png_text_bomb": png(10, 10, b"\0" * 310, extra=_chunk(b"zTXt", b"a\0\0" + long_text)),
        "png_profile_bomb": png(10, 10, b"\0" * 310, extra=_chunk(b"iCCP", b"a\0\0" + long_text)),
        "gif_huge": b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0;",
        "gif_many_frames": _frames(),
        "tiff_huge": _tiff(2**31 - 1, 2**31 - 1),
        "tiff_large_strip": _tiff(20_000, 20_000),
        "bmp_negative": b"BM" + struct.pack("<IHHIIiiHHI", 54, 0, 0, 54, 40, -5, -(2**31), 1, 24, 0) + b"\0" * 20,
        "jpeg_huge": b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda",
        "jpeg_cut": picture("JPEG")[:900],
        "webp_broken": picture("WEBP")[:60],
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"x" * 300,
        "picture_and_zip": picture("JPEG") + _zip({"a.txt": b"x"}),
        "picture_and_pdf": picture("JPEG")[:20] + b"%PDF-1.7\n" + picture("JPEG")[20:],
        "gif_and_script": b"GIF89a/*<script>alert(1)</script>*/=1;" + b"\0" * 60,
        "pdf_and_zip": pdf(_PAGES, _page()) + _zip({"a.txt": b"x" * 40}),
        "pdf_and_more": pdf(_PAGES, _page()) + b"\0" * 20_000,
        "pdf_behind_text": b"hello\n" * 20 + pdf(_PAGES, _page()),
        "pdf_locked": pdf(_PAGES, _page(), trailer=_ENCRYPT),
        "pdf_huge_page": pdf(_PAGES, _page(box=b"0 0 99999999 99999999")),
        "pdf_flat_page": pdf(_PAGES, _page(box=b"0 0 0 0")),
        "pdf_own_parent": pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        "pdf_million_pages": pdf(b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 1000000>>", _page()),
        "pdf_no_pages": pdf(b"<</Type/Pages/Kids[]/Count 0>>"),
        "pdf_flate_bomb": pdf(
            _PAGES, _page(b"/Contents 4 0 R"), _stream(_flate(3, 150_000_000), b"/Filter[" + b"/FlateDecode" * 3 + b"]")
        ),
        "pdf_image_bomb": pdf(
            _PAGES,
            _page(b"/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>"),
            _stream(b"400 0 0 400 0 0 cm /I Do"),
            _stream(_flate(1, 50_000_000), huge_image + b"/Filter/FlateDecode"),
        ),
        "pdf_draws_forever": _painted(b"0 0 400 400 re f\n" * 200_000),
        "pdf_draws_itself": pdf(
            _PAGES,
            _page(b"/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"),
            _stream(b"/F Do"),
            _stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"),
        ),
        "pdf_script": pdf(_PAGES, _page(), root=b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.launchURL('http://127.0.0.1:9'))>>>>"),
        "pdf_launch": pdf(_PAGES, _page(), root=b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>"),
        "pdf_address": pdf(_PAGES, _page(b"/AA<</O<</S/URI/URI(http://127.0.0.1:9/)>>>>")),
        "pdf_garbage": b"%PDF-1.7\n" + bytes(range(256)) * 50,
        "pdf_only_head": b"%PDF-1.7",
        "macro_workbook": _zip({**_BOOK, "xl/vbaProject.bin": b"x" * 100}),
        "macro_old_workbook": b"\xd0\xcf\x11\xe0".ljust(600, b"\0") + "_VBA_PROJECT".encode("utf-16-le"),
        "zip_bomb": _zip({"xl/workbook.xml": b"\0" * 130_000_000}),
        "zip_of_many": _zip({f"{number}.xml": b"x" for number in range(3000)} | _BOOK),
        "document_word": _zip({"word/document.xml": b"<w:document/>", "word/vbaProject.bin": b"x"}),
        "xml_bomb": b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 50_000 + b'">]><Invoice>' + b"&b;" * 10_000 + b"</Invoice>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/x"/></svg>',
        "html": b"<!doctype html><script src=http://127.0.0.1:9/x></script>",
        "windows_program": b"MZ\x90\0" + b"\0" * 400,
        "linux_program": b"\x7fELF\x02\x01\x01" + b"\0" * 400,
        "shell_script": b"#!/bin/sh\nrm -rf ~\n",
        "nothing": b"",
        "zeros": b"\0" * 100_000,
        "too_large": b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024),
        "deep_list": b"[" * 500_000,
        "escapes": b"\x1b]0;owned\x07\x1b[2J" * 1000,
    }  # fmt: skip
