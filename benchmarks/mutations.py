"""What happens to files between people: damage of every kind, by chance that a seed repeats."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

Mutation = Callable[[bytes, random.Random], bytes]
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp1250", "cp1251", "utf-8-sig")
_MARKS = (b'"', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\\", b"{", b"}", b"[", b"]", b":", b"^", b"<")
_PIECES = (
    b"\0", b"\xef\xbb\xbf", b"\n\n", b"\xff\xfe", b'"', b'""', b"'", b"\\u0000", b"\\ud83d", b"1e999", b"9" * 5000,
    b"\r", b"[" * 3000, b"{\"a\":" * 2000,
    b"</script>", b"_x0000_", b"_xD83D_", b"sep=;\n", b"NaN", b"<!DOCTYPE x>", b"\x1a",
    b"," * 3000, b"=1+1", b"\xe2\x80\xa8", b"\x85", b"\x0c",
)  # fmt: skip


def mutated(content: bytes, rng: random.Random, *, others: Sequence[bytes]) -> bytes:
    """The content after one to four mishaps; what is packed is damaged inside or outside."""
    for _ in range(rng.randint(1, 4)):
        if content[:2] == b"PK" and rng.random() < 0.7:
            content = _inside_zip(content, rng)
        elif content[:2] == b"\x1f\x8b" and rng.random() < 0.7:
            content = _inside_gzip(content, rng)
        elif rng.random() < 0.05:
            content += rng.choice(others)[: rng.randrange(1, 5000)]
        else:
            content = rng.choice(_MUTATIONS)(content, rng)
    if rng.random() < 0.05:
        content = gzip.compress(content, mtime=0)
        content = content if rng.random() < 0.5 else content[: rng.randrange(len(content))]
    return content


def _place(content: bytes, rng: random.Random) -> int:
    # Half of all mishaps hit the head, because that is what decides.
    return rng.randrange(min(len(content), 400) + 1) if rng.random() < 0.5 else rng.randrange(len(content) + 1)


def _flip(content: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.choice((1, 5, 50)) if damaged else 0):
        damaged[min(len(damaged) - 1, _place(content, rng))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def _cut_end(content: bytes, rng: random.Random) -> bytes:
    return content[: _place(content, rng)]


def _cut_start(content: bytes, rng: random.Random) -> bytes:
    return content[_place(content, rng) :]


def _cut_middle(content: bytes, rng: random.Random) -> bytes:
    begin = _place(content, rng)
    return content[:begin] + content[begin + rng.choice((1, 10, 1000)) :]


def _double(content: bytes, rng: random.Random) -> bytes:
    begin = _place(content, rng)
    block = content[begin : begin + rng.choice((1, 100, 10_000))]
    return content[:begin] + block * rng.choice((2, 3, 20)) + content[begin:]


def _put_twice(content: bytes, _: random.Random) -> bytes:
    return (content + content)[:500_000]


def _insert(content: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 3, 20))):
        at = _place(content, rng)
        content = content[:at] + rng.choice(_PIECES) + content[at:]
    return content


def _swap_marks(content: bytes, rng: random.Random) -> bytes:
    return content.replace(rng.choice(_MARKS), rng.choice((b"", *_MARKS)), rng.choice((-1, 1, 7)))


def _swap_line_ends(content: bytes, rng: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", rng.choice((b"\r", b"\r\n", b"\n\r", b"\n\n", b"\r\r\n")))


def _encode(content: bytes, rng: random.Random) -> bytes:
    return content.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace")


def _mojibake(content: bytes, _: random.Random) -> bytes:
    return content.decode("cp1252", "replace").encode()


def _join_lines(content: bytes, _: random.Random) -> bytes:
    return content.replace(b"\n", b"")


def _noise(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + rng.randbytes(rng.choice((1, 8, 500))) + content[at:]


_MUTATIONS: tuple[Mutation, ...] = (
    _flip, _cut_end, _cut_start, _cut_middle, _double, _put_twice, _insert, _swap_marks, _swap_line_ends, _encode,
    _mojibake, _join_lines, _noise,
)  # fmt: skip


def _inside_gzip(content: bytes, rng: random.Random) -> bytes:
    try:
        inner = gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return _flip(content, rng)
    return gzip.compress(rng.choice(_MUTATIONS)(inner, rng), mtime=0)


def _inside_zip(content: bytes, rng: random.Random) -> bytes:
    """Damage one member, or leave it out, or rename it."""
    file = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
            hit = rng.choice(old.namelist() or [""])
            for name in old.namelist():
                data = old.read(name)
                if name == hit and rng.random() < 0.1:
                    continue
                if name == hit:
                    data = rng.choice(_MUTATIONS)(data, rng)
                new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    except Exception:  # a zip damaged before may fail in any way: then it is damaged once more
        return _flip(content, rng)
    return file.getvalue()
