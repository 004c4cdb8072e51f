"""Captions for drawn pictures, made from `vocabulary.yaml` and the notebook's phrases."""

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

HERE = Path(__file__).parent

# Words for what a picture's `seen` says; a caption that uses one is true only of pictures that say the same.
SEEN_WORDS = {
    ("time", "night"): ["at night", "by night", "in the dark", "under a night sky", "night", "nocturnal", "after dark"],
    ("time", "day"): ["by day", "in daylight", "on a sunny day", "in bright sunshine", "at daytime", "sunny"],
    ("time", "evening"): ["in the evening", "at dusk", "in the evening light", "evening"],
    ("time", "overcast"): ["on a grey day", "under clouds", "in cloudy weather", "overcast"],
    ("time", "indoors"): ["indoors", "inside", "in a room", "inside a building", "interior"],
    ("place", "street"): ["in the street", "in a city street", "in town", "in front of houses", "on the pavement"],
    ("place", "park"): ["in a park", "among trees", "on the grass", "in the green"],
    ("place", "room"): ["in a room", "at home", "in an office", "indoors with a window"],
    ("place", "hall"): ["in a hall", "inside a hall", "indoors", "under spotlights"],
    ("place", "outdoors"): ["outdoors", "outside", "in the open air", "under the sky"],
    ("people", "1"): ["one person", "a single person", "one individual", "alone"],
    ("people", "2"): ["two people", "two persons", "a pair", "both"],
    ("people", "3"): ["three people", "three persons", "a trio"],
    ("people", "4"): ["four people", "four persons"],
    ("people", "5"): ["five people", "five persons"],
    ("people", "many"): ["many people", "a lot of people", "countless people"],
    ("people", "none"): ["no people", "nobody", "without people", "without persons"],
}
COLOURS = ["blue", "red", "green", "orange", "purple", "turquoise", "pink", "yellow", "navy", "burgundy"]
for _colour in COLOURS:
    SEEN_WORDS[("colour", _colour)] = [f"in {_colour}", f"{_colour} colours", f"mostly {_colour}", _colour]


@dataclass(frozen=True)
class Caption:
    """A text, the kinds of pictures it is true of, and what else such a picture must show."""

    text: str
    kinds: frozenset
    seen: dict = field(default_factory=dict)


def normalise(text):
    """Lower case words with single spaces, without punctuation: for comparing texts."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def evaluation_phrases(folder=HERE.parent / "evaluation"):
    """Every phrase of the paraphrased codebooks, normalised. No caption may contain one."""
    phrases = []
    for path in sorted(Path(folder).glob("*.yaml")):
        for entries in yaml.safe_load(path.read_text())["categories"].values():
            phrases += [normalise(entry) for entry in entries]
    return phrases


def _listed(text):
    return [item.strip() for item in (text or "").replace("\n", " ").split(",")]


class CaptionWriter:
    """Writes endless captions for a kind of picture; the same seed gives the same captions."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.refused = [f" {phrase} " for phrase in evaluation_phrases()]
        source = yaml.safe_load((HERE / "vocabulary.yaml").read_text())
        self.openings = _listed(source["neutral"]["openings"])
        self.closings = _listed(source["neutral"]["closings"])
        self.political_openings = _listed(source["political"]["openings"])
        self.political = source["political"]["words"].split()
        self.notebook = [(entry["phrase"], frozenset(entry["kinds"])) for entry in yaml.safe_load((HERE / "notebook_phrases.yaml").read_text())]
        self.concepts = []
        self.kinds_of = {}
        for concept in source["concepts"]:
            kinds = frozenset(concept["kinds"])
            things, actions = _listed(concept.get("things")), _listed(concept.get("actions"))
            words = (concept.get("words") or "").split()
            self.concepts.append((kinds, [t for t in things if t], [a for a in actions if a], words))
            # The same words in two concepts are true of both.
            for entry in {*things, *actions, *words}:
                self.kinds_of[entry] = self.kinds_of.get(entry, frozenset()) | kinds
        # A word that means something in one concept is not neutral, wherever it was listed.
        self.neutral = [word for word in source["neutral"]["words"].split() if word not in self.kinds_of]
        self.all_kinds = frozenset().union(*(kinds for kinds, *_ in self.concepts))

    def write(self, kind, seen):
        """One caption that is true of a picture of this kind that shows `seen`."""
        while True:
            caption = self._draft(kind, seen)
            text = f" {normalise(caption.text)} "
            if text.strip() and kind in caption.kinds and not any(phrase in text for phrase in self.refused):
                return caption

    def _concept(self, kind):
        """A concept that names the kind; narrow ones and wide ones alike."""
        fitting = [concept for concept in self.concepts if kind in concept[0]]
        return self.random.choice(fitting)

    def _draft(self, kind, seen):
        r = self.random
        style = r.random()
        kinds, things, actions, words = self._concept(kind)
        if style < 0.16:
            return self._noisy(self._words(kinds, words))
        if style < 0.24:
            return self._noisy(self._notebook(kind))
        thing = r.choice(things) if things else r.choice(words)
        known = self.kinds_of[thing] if len(thing.split()) < 3 else kinds
        text = thing
        if style < 0.40:
            return self._noisy(Caption(self._plain(thing), known))
        if actions and r.random() < 0.45:
            text = f"{self._article(text)} {r.choice(actions)}" if r.random() < 0.75 else r.choice(actions)
            known = kinds if thing in text else self.kinds_of[text]
        if r.random() < 0.35:
            more = self._concept(kind)
            other = r.choice([*more[1], *more[2]] or more[3])
            joined = r.choice([" and ", ", ", " with ", " while ", "; ", ", showing ", " as well as ", " in which there is "])
            text, known = f"{text}{joined}{self._article(other)}", known & more[0]
        elif r.random() < 0.25:
            other = r.choice([*things, *actions] or words)
            text, known = f"{text}{r.choice([' or ', ', ', ' and '])}{self._article(other)}", known | self.kinds_of[other]
        text = self._article(text)
        required = {}
        if r.random() < 0.2 and seen:
            key = r.choice(sorted(seen))
            if (key, seen[key]) in SEEN_WORDS:
                text = f"{text} {r.choice(SEEN_WORDS[(key, seen[key])])}"
                required = {key: seen[key]}
        if r.random() < 0.3 and not known & self._unpolitical():
            text = f"{r.choice(self.political_openings)} {text}"
        opening, closing = r.choice(self.openings), r.choice(self.closings)
        if style > 0.85:
            opening = f"{r.choice(self.openings)} {opening}"
            closing = f"{closing} {r.choice(self.closings)}"
        return self._noisy(Caption(f"{opening} {text} {closing}", known, required))

    def _unpolitical(self):
        return frozenset(["mountains", "sea", "forest", "skyline", "sunset", "plate", "coffee", "fruit", "cake", "burger"])

    def _words(self, kinds, words):
        """A few words of one concept; a single word is true of everything that it is listed for."""
        r = self.random
        count = r.choice([1, 1, 2, 2, 3, 4, 6])
        chosen = [r.choice(words) for _ in range(count)]
        return Caption(" ".join(chosen), self.kinds_of[chosen[0]] if len(set(chosen)) == 1 else kinds)

    def _notebook(self, kind):
        """A phrase of the notebook, whole or cut."""
        r = self.random
        fitting = [entry for entry in self.notebook if kind in entry[1]] or [("", frozenset([kind]))]
        phrase, kinds = r.choice(fitting)
        words = phrase.split()
        if len(words) > 5 and r.random() < 0.6:
            length = r.randint(4, len(words))
            start = r.randint(0, len(words) - length)
            words = words[start : start + length]
        return Caption(" ".join(words), kinds)

    def _plain(self, thing):
        r = self.random
        return r.choice([thing, thing, self._article(thing), f"{r.choice(self.openings)} {self._article(thing)}"])

    def _article(self, thing):
        r = self.random
        return r.choice(["", "", "a ", "the ", "some "]) + thing

    def _noisy(self, caption):
        """Drops, adds and garbles words, so that no single one is needed and unknown ones do no harm."""
        r = self.random
        words = caption.text.split()
        if len(words) > 2 and r.random() < 0.4:
            share = r.uniform(0.05, 0.35)
            words = [word for word in words if r.random() > share] or words
        if r.random() < 0.35:
            for _ in range(r.randint(1, 4)):
                words.insert(r.randint(0, len(words)), r.choice(self.neutral))
        if len(words) > 1 and r.random() < 0.25:
            for _ in range(r.randint(1, 2)):
                words.insert(r.randint(0, len(words)), self._unknown())
        if len(words) > 2 and r.random() < 0.08:
            r.shuffle(words)
        text = " ".join(words)
        if r.random() < 0.3:
            text += "."
        return Caption(text, caption.kinds, caption.seen)

    def _unknown(self):
        """A word that nobody knows, made of syllables."""
        r = self.random
        onsets, vowels, ends = "b c d f g h l m n p r s t v w br cl dr gr pl st tr th sh ch".split(), "a e i o u ea ou ai".split(), "n r s t l d m nt rd st ng ck ly ed er al tion ment".split()
        return "".join(r.choice(onsets) + r.choice(vowels) for _ in range(r.randint(1, 2))) + r.choice(ends)
