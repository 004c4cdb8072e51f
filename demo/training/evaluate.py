"""Accuracy of a model folder on drawn pictures, through ONNX Runtime, with one codebook after another.

python demo/training/evaluate.py --model demo/model --pictures DIR demo/codebook.yaml demo/evaluation/*.yaml
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import onnxruntime
import yaml
from tokenizers import Tokenizer

from pictures import load_pictures, pixel_values


def open_tower(path):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
    return lambda values: session.run(None, {session.get_inputs()[0].name: values})[0]


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def read_phrases(path):
    """[(category, phrase)] of a codebook in the full or the plain form."""
    categories = yaml.safe_load(Path(path).read_text())["categories"]
    return [(name, phrase) for name, entry in categories.items() for phrase in (entry["phrases"] if isinstance(entry, dict) else entry)]


def embed_phrases(folder, phrases):
    tokenizer, tower = Tokenizer.from_file(str(folder / "tokenizer.json")), open_tower(folder / "onnx/text_model.onnx")
    return unit(np.concatenate([tower(np.array([tokenizer.encode(phrase).ids], dtype=np.int64)) for _, phrase in phrases]))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", required=True)
    options.add_argument("--pictures", required=True)
    options.add_argument("--verbose", action="store_true", help="which kinds and phrases go wrong")
    options.add_argument("codebooks", nargs="+")
    arguments = options.parse_args()
    folder = Path(arguments.model)
    pixels, records = load_pictures(arguments.pictures)
    tower = open_tower(folder / "onnx/vision_model.onnx")
    images = unit(np.concatenate([tower(pixel_values(pixels[start : start + 64])) for start in range(0, len(pixels), 64)]))
    scale = json.loads((folder / "config.json").read_text())["logit_scale"]
    print(f"{len(records)} pictures, logit scale {scale}")
    for path in arguments.codebooks:
        phrases = read_phrases(path)
        best = (images @ embed_phrases(folder, phrases).T).argmax(axis=1)
        right = [phrases[choice][0] == record["category"] for choice, record in zip(best, records)]
        shares = {}
        for record, hit in zip(records, right):
            shares.setdefault(record["category"], []).append(hit)
        detail = ", ".join(f"{name} {100 * np.mean(hits):.0f}" for name, hits in shares.items())
        print(f"{path}: {100 * np.mean(right):.1f}% right ({detail})")
        if arguments.verbose:
            wrong = Counter((record["kind"], phrases[choice][1]) for record, choice, hit in zip(records, best, right) if not hit)
            for (kind, phrase), count in wrong.most_common(12):
                print(f"    {count:3d} {kind} -> {phrase}")


if __name__ == "__main__":
    main()
