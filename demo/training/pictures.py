"""Drawn pictures as the model's square input."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = 112
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], dtype=np.float32)
STD = np.array([0.26862954, 0.26130258, 0.27577711], dtype=np.float32)


def square(path, size=SIZE):
    """Short side to `size` (antialiased bicubic, long side truncated), middle cut out: [size, size, 3] uint8."""
    picture = Image.open(path).convert("RGB")
    width, height = picture.size
    if width <= height:
        wanted = (size, int(size * height / width))
    else:
        wanted = (int(size * width / height), size)
    picture = picture.resize(wanted, Image.Resampling.BICUBIC)
    left, top = round((wanted[0] - size) / 2), round((wanted[1] - size) / 2)
    return np.asarray(picture.crop((left, top, left + size, top + size)))


def load_pictures(folder, size=SIZE):
    """The pictures of a folder that drawTrainingSet.ts wrote: ([n, size, size, 3] uint8, their records)."""
    folder = Path(folder)
    records = [json.loads(line) for line in (folder / "pictures.jsonl").read_text().splitlines()]
    records.sort(key=lambda record: record["file"])
    cache = folder / f"square-{size}.npy"
    if cache.exists():
        return np.load(cache), records
    pixels = np.stack([square(folder / record["file"], size) for record in records])
    np.save(cache, pixels)
    return pixels, records


def pixel_values(pixels):
    """[n, size, size, 3] uint8 -> [n, 3, size, size] float32, normalised."""
    return np.ascontiguousarray(((pixels.astype(np.float32) / 255 - MEAN) / STD).transpose(0, 3, 1, 2))
