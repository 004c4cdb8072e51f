"""The teaching notebook's way to classify a folder of pictures with CLIP, in PyTorch and transformers, and its speed.

For each picture: open it, hand it to the processor together with all phrases, run the whole model, take the softmax over
the phrases, and keep the most probable one. Picture by picture, every phrase anew each time: that is how one writes it at
first, and what Clipbook is measured against.

Needs Python with torch, transformers and Pillow. A model folder without PyTorch weights gets random ones of the sizes in
its config.json: the answers then mean nothing, the time is the same.
"""

import argparse
import json
import pathlib
import sys
import time

import torch
from PIL import Image
from transformers import CLIPConfig, CLIPModel, CLIPProcessor


def load_model(folder):
    has_weights = any((folder / name).exists() for name in ("model.safetensors", "pytorch_model.bin"))
    if has_weights:
        return CLIPModel.from_pretrained(folder, local_files_only=True).eval()
    torch.manual_seed(0)
    return CLIPModel(CLIPConfig.from_pretrained(folder, local_files_only=True)).eval()


def classify(path, phrases, model, processor):
    picture = Image.open(path).convert("RGB")
    inputs = processor(text=phrases, images=picture, return_tensors="pt", padding=True, truncation=True)
    with torch.no_grad():
        logits = model(**inputs).logits_per_image
    probabilities = logits.softmax(dim=1)[0]
    best = int(probabilities.argmax())
    return phrases[best], float(probabilities[best])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="folder with config.json and tokenizer")
    parser.add_argument("--images", type=pathlib.Path, required=True, help="folder of pictures")
    parser.add_argument("--codebook", type=pathlib.Path, required=True, help="JSON: category -> list of phrases")
    parser.add_argument("--count", type=int, help="only the first so many pictures, by name")
    parser.add_argument("--answers", action="store_true", help="print an answer per picture on stderr")
    parser.add_argument("--precision", default="float32", choices=["float32"])
    options = parser.parse_args()

    codebook = json.loads(options.codebook.read_text(encoding="utf8"))
    category_of = {phrase: category for category, phrases in codebook.items() for phrase in phrases}
    phrases = list(category_of)
    paths = sorted(path for path in options.images.iterdir() if path.is_file())[: options.count]
    model = load_model(options.model)
    processor = CLIPProcessor.from_pretrained(options.model, local_files_only=True)

    # The first run allocates and is not timed, for none of the contestants.
    classify(paths[0], phrases, model, processor)
    started = time.perf_counter()
    answers = [(path, *classify(path, phrases, model, processor)) for path in paths]
    seconds = time.perf_counter() - started
    if options.answers:
        for path, phrase, probability in answers:
            print(f"{path.name}\t{category_of[phrase]}\t{phrase}\t{probability:.4f}", file=sys.stderr)
    print(json.dumps({"count": len(answers), "seconds": seconds}))


if __name__ == "__main__":
    main()
