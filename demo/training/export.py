"""Writes a trained checkpoint as a model folder in the Hub's ONNX layout.

python demo/training/export.py --checkpoint FILE --model demo/model
"""

import argparse
import json
from pathlib import Path

import onnx
import torch
from tokenizers import Tokenizer
from transformers import CLIPConfig, CLIPModel

from pictures import MEAN, SIZE, STD
from tokenizer import save_tokenizer


class ImageTower(torch.nn.Module):
    """pixel_values [n, 3, size, size] -> image_embeds [n, dim], not normalised, as in CLIPVisionModelWithProjection."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model.visual_projection(self.model.vision_model(pixel_values=pixel_values).pooler_output)


class TextTower(torch.nn.Module):
    """input_ids [n, length] -> text_embeds [n, dim], read at the first end token."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        return self.model.text_projection(self.model.text_model(input_ids=input_ids).pooler_output)


def export_tower(tower, example, input_name, output_name, axes, path):
    """One ONNX file with dynamic axes and its weights inside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(tower, (example,), str(path), input_names=[input_name], output_names=[output_name], dynamic_axes={input_name: axes, output_name: {0: "batch_size"}}, opset_version=17, dynamo=False)
    graph = onnx.load(str(path))
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.save(graph, str(path))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--checkpoint", required=True)
    options.add_argument("--model", required=True)
    arguments = options.parse_args()
    folder = Path(arguments.model)
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = torch.load(arguments.checkpoint, weights_only=False)
    config = CLIPConfig.from_dict(checkpoint["config"])
    config.text_config._attn_implementation = config.vision_config._attn_implementation = "eager"
    model = CLIPModel(config)
    model.load_state_dict(checkpoint["weights"])
    model.eval()

    export_tower(ImageTower(model), torch.zeros(2, 3, SIZE, SIZE), "pixel_values", "image_embeds", {0: "batch_size"}, folder / "onnx/vision_model.onnx")
    example = torch.tensor([[0, 600, 601, 602, 1], [0, 700, 701, 1, 1]])
    export_tower(TextTower(model), example, "input_ids", "text_embeds", {0: "batch_size", 1: "sequence_length"}, folder / "onnx/text_model.onnx")

    settings = {"model_type": "clip", "logit_scale": round(model.logit_scale.exp().item(), 4), "projection_dim": config.projection_dim}
    settings |= {"text_config": plain(config.text_config), "vision_config": plain(config.vision_config)}
    write(folder / "config.json", settings)
    write(folder / "preprocessor_config.json", {
        "image_processor_type": "CLIPImageProcessor",
        "do_convert_rgb": True,
        "do_resize": True,
        "size": {"shortest_edge": SIZE},
        "resample": 3,
        "do_center_crop": True,
        "crop_size": {"height": SIZE, "width": SIZE},
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": [round(float(value), 8) for value in MEAN],
        "image_std": [round(float(value), 8) for value in STD],
    })
    save_tokenizer(Tokenizer.from_str(checkpoint["tokenizer"]), folder)


def plain(config):
    """The settings of a tower that say something about it."""
    dropped = {"transformers_version", "architectures", "dtype", "id2label", "label2id", "problem_type", "_name_or_path", "output_hidden_states", "output_attentions", "return_dict", "chunk_size_feed_forward", "is_encoder_decoder"}
    return {key: value for key, value in config.to_dict().items() if key not in dropped}


def write(path, settings):
    path.write_text(json.dumps(settings, indent=1) + "\n")


if __name__ == "__main__":
    main()
