"""Measures the scores of near copies and of different pictures with the model of a running service.

Takes a folder of pictures, makes near copies of some, lets the service embed all of them, and prints the scores of each kind of copy with its
original and of each picture with the nearest other one. Needs Pillow and NumPy. The service must have no table named scores; it is dropped.
"""
import argparse
import base64
import io
import json
import pathlib
import random
import urllib.request

import numpy
from PIL import Image, ImageDraw, ImageEnhance, ImageOps


def jpeg(picture, quality):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def watermark(picture):
    copy = picture.copy()
    width, height = copy.size
    mark = Image.new("RGBA", (max(24, width // 5), max(8, height // 20)), (255, 255, 255, 160))
    ImageDraw.Draw(mark).text((2, 0), "shop.example", fill=(0, 0, 0, 200))
    copy.paste(mark, (width - mark.width - width // 50, height - mark.height - height // 50), mark)
    return copy


def bordered(picture):
    return ImageOps.expand(picture, border=max(1, round(0.03 * max(picture.size))), fill="white")


def cropped(picture):
    width, height = picture.size
    return picture.crop((round(0.03 * width), round(0.03 * height), round(0.97 * width), round(0.97 * height)))


def resized(picture):
    width, height = picture.size
    return picture.resize((max(1, round(0.6 * width)), max(1, round(0.6 * height))), Image.LANCZOS)


COPIES = {
    "JPEG quality 85": lambda picture: jpeg(picture, 85),
    "JPEG quality 60": lambda picture: jpeg(picture, 60),
    "resized to 60 %": lambda picture: jpeg(resized(picture), 90),
    "border of 3 %": lambda picture: jpeg(bordered(picture), 90),
    "small watermark": lambda picture: jpeg(watermark(picture), 90),
    "brighter by 10 %": lambda picture: jpeg(ImageEnhance.Brightness(picture).enhance(1.1), 90),
    "cropped by 3 %": lambda picture: jpeg(cropped(picture), 90),
}


def opened(path):
    picture = Image.open(path)
    picture = ImageOps.exif_transpose(picture).convert("RGBA")
    flat = Image.new("RGBA", picture.size, "white")
    flat.alpha_composite(picture)
    return flat.convert("RGB")


class Service:
    def __init__(self, address):
        self.address = address

    def call(self, method, path, body=None, kind="application/json"):
        request = urllib.request.Request(self.address + path, data=body, method=method)
        if body is not None:
            request.add_header("Content-Type", kind)
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def vector(self, picture):
        self.call("PUT", "/v1/tables/scores/items/picture", picture, "image/jpeg")
        item = self.call("GET", "/v1/tables/scores/items/picture?vector=true")
        return numpy.frombuffer(base64.b64decode(item["vector"]), dtype="<f4")


def row(name, scores):
    low = numpy.percentile(scores, [0, 1, 5, 50, 95, 99, 100])
    print(f"| {name} | {len(scores)} | " + " | ".join(f"{value:.4f}" for value in low) + " |", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("address")
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--copied", type=int, default=300, help="pictures of which copies are made")
    options.add_argument("--vectors", type=pathlib.Path, help="file that gets the vectors of the originals, for run.py")
    options.add_argument("--nearest", type=int, default=40, help="nearest pairs of different pictures to print")
    chosen = options.parse_args()
    files = sorted(path for path in chosen.folder.iterdir() if path.suffix.lower() in {".jpg", ".png", ".webp"})
    random.Random(1).shuffle(files)
    service = Service(chosen.address)
    service.call("PUT", "/v1/tables/scores", b"{}")
    vectors, scores = [], {name: [] for name in COPIES}
    for number, path in enumerate(files):
        picture = opened(path)
        vector = service.vector(jpeg(picture, 95))
        vectors.append(vector)
        if number < chosen.copied:
            for name, copy in COPIES.items():
                scores[name].append((1 + float(vector @ service.vector(copy(picture)))) / 2)
    service.call("DELETE", "/v1/tables/scores")
    print("| pictures | pairs | least | 1 % | 5 % | median | 95 % | 99 % | greatest |\n|---|---|---|---|---|---|---|---|---|")
    for name, found in scores.items():
        row(name, found)
    table = numpy.stack(vectors)
    if chosen.vectors:
        numpy.save(chosen.vectors, table)
    pairs = (1 + table @ table.T) / 2
    numpy.fill_diagonal(pairs, 0)
    row("nearest other picture", pairs.max(axis=1))
    copies = numpy.concatenate([numpy.array(found) for found in scores.values()])
    upper = numpy.triu(pairs)
    print("\n| min_score | copies found | pairs of different pictures |\n|---|---|---|")
    for least in (0.90, 0.92, 0.93, 0.94, 0.95, 0.955, 0.96, 0.965, 0.97, 0.975, 0.98, 0.985, 0.99):
        print(f"| {least} | {100 * (copies >= least).mean():.2f} % | {(upper >= least).sum()} |")
    order = numpy.argsort(upper, axis=None)[::-1][: chosen.nearest]
    for one, other in zip(*numpy.unravel_index(order, upper.shape)):
        print(f"{upper[one, other]:.4f} {files[one].name} {files[other].name}")


if __name__ == "__main__":
    main()
