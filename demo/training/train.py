"""Trains the demo's small CLIP on drawn pictures and made-up captions.

python demo/training/train.py --pictures DIR --checkpoint FILE [--picture-steps 700] [--text-steps 1500]

First the picture tower learns to tell the kinds of pictures and what is seen on them. Then it is kept as it is, the
pictures are embedded once, and the text tower learns contrastively to put captions where their pictures are; that is
cheap, so it reads very many.
"""

import argparse
import json
import random
import time

import numpy as np
import torch
from transformers import CLIPConfig, CLIPModel

from captions import CaptionWriter
from captions_dataset import Truth, tokenise
from losses import caption_picture_loss, scaled_similarity
from pictures import SIZE, load_pictures, pixel_values
from tokenizer import CONTEXT, END, START, learn_tokenizer

WIDTH, DIMENSION, SCALE = 128, 128, 20.0
VOCABULARY = 2600


def new_model(vocabulary_size, end_id, start_id):
    """A CLIP with 1.6 million parameters."""
    shared = {"hidden_size": WIDTH, "intermediate_size": 384, "num_attention_heads": 4, "projection_dim": DIMENSION}
    text = {**shared, "num_hidden_layers": 3, "vocab_size": vocabulary_size, "max_position_embeddings": CONTEXT, "bos_token_id": start_id, "eos_token_id": end_id, "pad_token_id": end_id, "attention_dropout": 0.05}
    vision = {**shared, "num_hidden_layers": 4, "image_size": SIZE, "patch_size": 14}
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=DIMENSION, logit_scale_init_value=float(np.log(SCALE)))
    return CLIPModel(config)


def augmented(pixels, chance):
    """Mirrored, shifted and re-lit copies of [n, size, size, 3] pixels."""
    result = np.empty_like(pixels)
    for index, picture in enumerate(pixels):
        if chance.random() < 0.5:
            picture = picture[:, ::-1]
        dx, dy = chance.integers(-5, 6, size=2)
        padded = np.pad(picture, ((5, 5), (5, 5), (0, 0)), mode="edge")
        picture = padded[5 + dy : 5 + dy + SIZE, 5 + dx : 5 + dx + SIZE]
        light = chance.uniform(0.88, 1.12) + chance.uniform(-0.04, 0.04, size=3)
        result[index] = np.clip(picture * light, 0, 255)
    return result


def optimiser(parameters, rate, steps):
    """AdamW with a one-cycle rate."""
    adam = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.05, betas=(0.9, 0.98))
    return adam, torch.optim.lr_scheduler.OneCycleLR(adam, max_lr=rate, total_steps=steps, pct_start=0.12)


def step(adam, schedule, parameters, loss):
    adam.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    adam.step()
    schedule.step()


def half_precision():
    """bfloat16 inside the towers: four times faster on processors that have it."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


def text_features(model, parts):
    """Embeddings of what `tokenise` gives, in the order of the texts. [n, dim]"""
    with half_precision():
        embedded = [model.text_projection(model.text_model(input_ids=tokens).pooler_output).float() for _, tokens in parts]
    order = np.argsort(np.concatenate([rows for rows, _ in parts]))
    return torch.cat(embedded)[torch.from_numpy(order)]


def image_features(model, values):
    with half_precision():
        return model.visual_projection(model.vision_model(pixel_values=values).pooler_output).float()


def embed_pictures(model, pixels):
    """[n, size, size, 3] -> [n, dim], in evaluation mode without gradients."""
    model.eval()
    with torch.no_grad():
        parts = [image_features(model, torch.from_numpy(pixel_values(pixels[start : start + 256]))) for start in range(0, len(pixels), 256)]
    return torch.cat(parts)


class PictureFacts(torch.nn.Module):
    """Reads the kind and what is seen off a unit-length embedding; only needed while the picture tower learns."""

    def __init__(self, truth):
        super().__init__()
        self.answers = {"kind": torch.from_numpy(truth.kind)} | {key: torch.from_numpy(truth.values(key)) for key in ("time", "place", "colour", "people")}
        self.heads = torch.nn.ModuleDict({key: torch.nn.Linear(DIMENSION, int(answers.max()) + 1) for key, answers in self.answers.items()})

    def loss(self, embeddings, batch):
        """Cross-entropy of the kind, and a fifth of that of everything else. [n, dim], indices of n pictures"""
        units = torch.nn.functional.normalize(embeddings, dim=1) * SCALE
        losses = {key: torch.nn.functional.cross_entropy(head(units), self.answers[key][batch], ignore_index=-1, label_smoothing=0.05) for key, head in self.heads.items()}
        return losses["kind"] + 0.2 * sum(loss for key, loss in losses.items() if key != "kind")


def train_pictures(model, pixels, truth, arguments):
    """Only the picture tower: its embedding learns to tell the kinds, the time, the place, the colour, the people."""
    chance = np.random.default_rng(arguments.seed)
    facts = PictureFacts(truth)
    parameters = [*model.vision_model.parameters(), *model.visual_projection.parameters(), *facts.parameters()]
    adam, schedule = optimiser(parameters, 2e-3, arguments.picture_steps)
    order, started = np.array([], dtype=int), time.time()
    model.train()
    for number in range(arguments.picture_steps):
        if len(order) < arguments.batch:
            order = chance.permutation(len(pixels))
        batch, order = order[: arguments.batch], order[arguments.batch :]
        values = torch.from_numpy(pixel_values(augmented(pixels[batch], chance)))
        loss = facts.loss(image_features(model, values), torch.from_numpy(batch))
        step(adam, schedule, parameters, loss)
        if number % 50 == 49:
            print(f"pictures {number + 1}: loss {loss.item():.3f}, {time.time() - started:.0f} s", flush=True)


def train_text(model, tokenizer, embeddings, truth, writer, arguments):
    """Only the text tower, against embeddings of pictures that stay as they are. Gives the running mean of its weights."""
    chance = np.random.default_rng(arguments.seed + 1)
    parameters = [*model.text_model.parameters(), *model.text_projection.parameters(), model.logit_scale]
    adam, schedule = optimiser(parameters, 1.2e-3, arguments.text_steps)
    mean = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(arguments.average))
    started = time.time()
    model.train()
    for number in range(arguments.text_steps):
        batch = chance.choice(len(embeddings), size=768, replace=False)
        captions = [writer.write(truth.kinds[truth.kind[index]], truth.seen[index]) for index in batch[: arguments.captions]]
        true, near = truth.relate(captions, batch)
        tokens = tokenise(tokenizer, [caption.text for caption in captions], CONTEXT)
        logits = scaled_similarity(text_features(model, tokens), embeddings[batch], model.logit_scale)
        loss = caption_picture_loss(logits, true, near)
        step(adam, schedule, parameters, loss)
        with torch.no_grad():
            model.logit_scale.clamp_(0, np.log(50))
        mean.update_parameters(model)
        if number % 250 == 249:
            save(mean.module, tokenizer, f"{arguments.checkpoint}.{number + 1}")
        if number % 50 == 49:
            print(f"text {number + 1}: loss {loss.item():.3f}, scale {model.logit_scale.exp().item():.1f}, {time.time() - started:.0f} s", flush=True)
    return mean.module


def save(model, tokenizer, path):
    """A checkpoint for export.py; its tokenizer merges without dropout."""
    settings = json.loads(tokenizer.to_str())
    settings["model"]["dropout"] = None
    torch.save({"weights": model.state_dict(), "config": model.config.to_dict(), "tokenizer": json.dumps(settings)}, path)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", required=True)
    options.add_argument("--checkpoint", required=True)
    options.add_argument("--resume", help="a checkpoint whose picture tower is kept; only the text tower learns, from the start")
    options.add_argument("--picture-steps", type=int, default=700)
    options.add_argument("--text-steps", type=int, default=1500)
    options.add_argument("--average", type=float, default=0.99, help="decay of the running mean of the text tower's weights")
    options.add_argument("--batch", type=int, default=128)
    options.add_argument("--captions", type=int, default=384)
    options.add_argument("--dropout", type=float, default=0.08, help="BPE dropout: how often a merge is skipped")
    options.add_argument("--seed", type=int, default=20310614)
    options.add_argument("--threads", type=int, default=2)
    arguments = options.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random.seed(arguments.seed)

    pixels, records = load_pictures(arguments.pictures)
    truth = Truth(records)
    tokenizer = learn_tokenizer(truth.kinds, VOCABULARY, arguments.seed)
    model = new_model(tokenizer.get_vocab_size(), tokenizer.token_to_id(END), tokenizer.token_to_id(START))
    print(f"{len(records)} pictures, {sum(p.numel() for p in model.parameters())} parameters, {tokenizer.get_vocab_size()} tokens", flush=True)
    writer = CaptionWriter(arguments.seed + 2)
    tokenizer.model.dropout = arguments.dropout
    if arguments.resume:
        kept = torch.load(arguments.resume, weights_only=False)["weights"]
        model.load_state_dict({name: value for name, value in kept.items() if name.startswith(("vision", "visual", "logit"))}, strict=False)
    else:
        train_pictures(model, pixels, truth, arguments)
        save(model, tokenizer, f"{arguments.checkpoint}.pictures")
    if arguments.text_steps > 0:
        model = train_text(model, tokenizer, embed_pictures(model, pixels), truth, writer, arguments)
        save(model, tokenizer, arguments.checkpoint)


if __name__ == "__main__":
    main()
