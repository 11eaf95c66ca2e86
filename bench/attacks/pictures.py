#!/usr/bin/env python3
"""Writes pictures that are small on disk and dear to decode: pictures.py OUT. Standard library only.

They are what is beside shared/cases/hostile: many pixels in few bytes, of every type that can be written without an encoder.
"""
import pathlib, random, struct, sys, zlib

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, depth, colour, row, interlaced=0, before=b"", after_header=b""):
    """A PNG all of whose rows are the same."""
    packer, data = zlib.compressobj(9), b""
    line = b"\0" + row
    step = max(1, (1 << 20) // len(line))
    for at in range(0, height, step):
        data += packer.compress(line * min(step, height - at))
    data += packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + after_header + before + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def gif(width, height):
    """One colour. Codes grow by a pixel each, so a few thousand of them fill millions of pixels."""
    bits, size, code, held, filled = bytearray(), 3, 0, 0, 0
    left, first, nxt = width * height, True, 6
    codes = []
    clear, end = 4, 5
    run, limit = 1, 4095
    codes.append((clear, 3))
    width_now = 3
    nxt = 6
    codes.append((0, width_now)); left -= 1
    longest = 1
    while left > 0:
        if nxt >= limit:  # The dictionary is full: its longest run over and over.
            if longest > left:
                codes.append((0, width_now)); left -= 1
            else:
                codes.append((nxt - 1, width_now)); left -= longest
            continue
        take = longest + 1
        if take > left:
            codes.append((0, width_now)); left -= 1; nxt += 1
        else:
            codes.append((nxt, width_now)); left -= take; longest = take; nxt += 1
        if nxt == 1 << width_now and width_now < 12:
            width_now += 1
    codes.append((end, width_now))
    for value, n in codes:
        held |= value << filled; filled += n
        while filled >= 8:
            bits.append(held & 255); held >>= 8; filled -= 8
    bits.append(held & 255)
    blocks = b"".join(bytes([len(bits[i:i + 255])]) + bytes(bits[i:i + 255]) for i in range(0, len(bits), 255))
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x81, 0, 0) + b"\x20\x40\x60" + b"\xff\xff\xff" * 3
    return head + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02" + blocks + b"\0;"


def save(name, data):
    (out / name).write_bytes(data)
    print(name, len(data))


save("bits-16384x3051.png", png(16384, 3051, 1, 0, b"\xaa" * 2048))
save("bits-16000x4000.png", png(16000, 4000, 1, 0, b"\xaa" * 2000))
save("palette-8000x8000.png", png(8000, 8000, 8, 3, b"\1" * 8000, after_header=chunk(b"PLTE", b"\0\0\0\xff\0\0")))
save("rgba16-8000x6000.png", png(8000, 6000, 16, 6, b"\x12\x34\x80\x01\x20\x02\x80\0" * 8000))
save("rgba8-8000x8000.png", png(8000, 8000, 8, 6, b"\x12\x34\x80\x80" * 8000))
save("rgb8-8000x8000.png", png(8000, 8000, 8, 2, b"\x12\x34\x80" * 8000))
save("texts-60-of-8-mb.png", png(64, 64, 8, 2, b"\1\2\3" * 64, before=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (8 << 20), 9)) * 60))
save("texts-plain-1000000.png", png(64, 64, 8, 2, b"\1\2\3" * 64, before=chunk(b"tEXt", b"a\0b") * 1_000_000))
save("empty-idats-1500000.png", png(64, 64, 8, 2, b"\1\2\3" * 64, before=chunk(b"IDAT", b"") * 1_500_000))
save("one-row-65000x1.png", png(65000, 1, 8, 2, b"\1\2\3" * 65000))
save("one-column-1x65000.png", png(1, 65000, 8, 2, b"\1\2\3"))
save("interlaced-4000x4000.png", png(4000, 4000, 8, 2, b"\1\2\3" * 4000, interlaced=0))
save("colour-7000x7000.gif", gif(7000, 7000))
