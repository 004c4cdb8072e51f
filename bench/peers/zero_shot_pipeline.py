"""The zero-shot image classification pipeline of transformers (Python), picture by picture with all phrases, and its speed.

Takes the options of notebook.py.
"""

import argparse
import json
import pathlib
import time

from transformers import AutoTokenizer, CLIPImageProcessor, pipeline

from notebook import load_model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--images", type=pathlib.Path, required=True)
    parser.add_argument("--codebook", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int)
    parser.add_argument("--precision", default="float32", choices=["float32"])
    options = parser.parse_args()

    codebook = json.loads(options.codebook.read_text(encoding="utf8"))
    phrases = [phrase for members in codebook.values() for phrase in members]
    paths = sorted(path for path in options.images.iterdir() if path.is_file())[: options.count]
    classifier = pipeline(
        "zero-shot-image-classification",
        model=load_model(options.model),
        tokenizer=AutoTokenizer.from_pretrained(options.model, local_files_only=True),
        image_processor=CLIPImageProcessor.from_pretrained(options.model, local_files_only=True),
    )

    def classify(path):
        return classifier(str(path), candidate_labels=phrases, hypothesis_template="{}")[0]["label"]

    classify(paths[0])
    started = time.perf_counter()
    for path in paths:
        classify(path)
    seconds = time.perf_counter() - started
    print(json.dumps({"count": len(paths), "seconds": seconds}))


if __name__ == "__main__":
    main()
