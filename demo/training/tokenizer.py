"""A small byte-level BPE tokenizer with CLIP's rules, learned from captions."""

import json
import random
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from captions import CaptionWriter

START, END = "<|startoftext|>", "<|endoftext|>"
CONTEXT = 77


def clip_tokenizer(model):
    """CLIP's normaliser, splitting and special tokens round a BPE model."""
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    words = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(words), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def learn_tokenizer(kinds, vocabulary_size, seed):
    """BPE merges from 60,000 captions in which every kind is equally frequent."""
    chance, writer = random.Random(seed), CaptionWriter(seed)
    captions = [writer.write(chance.choice(kinds), {}).text for _ in range(60_000)]
    blank = models.BPE(unk_token=END, end_of_word_suffix="</w>")
    tokenizer = clip_tokenizer(blank)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        min_frequency=3,
        special_tokens=[START, END],
        initial_alphabet=alphabet,
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    tokenizer.train_from_iterator(captions, trainer)
    learned = json.loads(tokenizer.to_str())["model"]
    return with_every_byte(learned["vocab"], [tuple(merge) for merge in learned["merges"]], alphabet)


def with_every_byte(vocabulary, merges, alphabet):
    """The tokenizer in which every byte is also known at the end of a word, so that no text is unknown."""
    tokens = [START, END, *alphabet, *(letter + "</w>" for letter in alphabet)]
    tokens += [token for token in sorted(vocabulary, key=vocabulary.get) if token not in set(tokens)]
    ids = {token: index for index, token in enumerate(tokens)}
    tokenizer = clip_tokenizer(models.BPE(vocab=ids, merges=merges, unk_token=END, end_of_word_suffix="</w>", fuse_unk=False))
    tokenizer.add_special_tokens([START, END])
    tokenizer.post_processor = processors.RobertaProcessing((END, ids[END]), (START, ids[START]), trim_offsets=False, add_prefix_space=False)
    return tokenizer


def save_tokenizer(tokenizer, folder):
    """Writes tokenizer.json and tokenizer_config.json as the Hub has them."""
    folder = Path(folder)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    settings = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": CONTEXT,
        "bos_token": START,
        "eos_token": END,
        "pad_token": END,
        "unk_token": END,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1) + "\n")
