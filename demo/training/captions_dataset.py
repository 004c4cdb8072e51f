"""Batches of captions and which pictures each is true of."""

import numpy as np
import torch

from captions import SEEN_WORDS


class Truth:
    """What is true of a set of pictures, prepared once: their kinds, categories and what is seen on them."""

    def __init__(self, records):
        self.kinds = sorted({record["kind"] for record in records})
        self.category_of = {record["kind"]: record["category"] for record in records}
        kind_number = {kind: number for number, kind in enumerate(self.kinds)}
        self.kind = np.array([kind_number[record["kind"]] for record in records])
        self.seen = [record["seen"] for record in records]
        self.facts = {fact: np.array([seen.get(fact[0]) == fact[1] for seen in self.seen]) for fact in SEEN_WORDS}

    def values(self, key):
        """The numbered values of one thing that is seen, -1 where nothing is said about it. [n]"""
        named = sorted({seen[key] for seen in self.seen if key in seen})
        return np.array([named.index(seen[key]) if key in seen else -1 for seen in self.seen])

    def relate(self, captions, pictures):
        """Two [captions, pictures] matrices. `true`: 1 true, 0 unknown, -1 not. `near`: of the same category."""
        kinds, unknown, near = [], np.zeros((len(captions), len(pictures)), dtype=bool), []
        for row, caption in enumerate(captions):
            named = np.array([kind in caption.kinds for kind in self.kinds])
            categories = {self.category_of[kind] for kind in caption.kinds}
            kinds.append(named[self.kind[pictures]])
            related = np.array([self.category_of[kind] in categories for kind in self.kinds])
            near.append(related[self.kind[pictures]] & (len(categories) == 1))
            for fact in caption.seen.items():
                unknown[row] |= ~self.facts[fact][pictures]
        true = np.where(np.stack(kinds), np.where(unknown, 0, 1), -1)
        return torch.from_numpy(true), torch.from_numpy(np.stack(near))


def tokenise(tokenizer, texts, context, chunks=6):
    """Token ids of texts in chunks of similar length, so that little is padding: [(rows, [chunk, longest])]."""
    ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    ids = [row if len(row) <= context else row[: context - 1] + row[-1:] for row in ids]
    end = ids[0][-1]
    parts = []
    for rows in np.array_split(np.argsort([len(row) for row in ids], kind="stable"), chunks):
        longest = max(len(ids[row]) for row in rows)
        parts.append((rows, torch.tensor([ids[row] + [end] * (longest - len(ids[row])) for row in rows])))
    return parts
