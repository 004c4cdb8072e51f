"""The losses of contrastive training in which a caption may be true of many pictures."""

import torch


def contrastive_loss(logits, true):
    """Supervised contrastive loss of rows against columns (Khosla et al. 2020, the sum outside the logarithm).

    logits and true: [rows, columns]; columns that are unknown (0) for a row count neither for nor against.
    """
    logits = logits.masked_fill(true == 0, float("-inf"))
    log_shares = logits - logits.logsumexp(dim=1, keepdim=True)
    right = true == 1
    counts = right.sum(dim=1)
    rows = counts > 0
    sums = log_shares.masked_fill(~right, 0).sum(dim=1)
    return -(sums[rows] / counts[rows]).mean()


def choice_loss(logits, right):
    """How surprising it is that the softmax falls on any right column: -log of the right columns' share. [rows, columns]"""
    rows = right.any(dim=1)
    share = logits.masked_fill(~right, float("-inf")).logsumexp(dim=1) - logits.logsumexp(dim=1)
    return -share[rows].mean()


def caption_picture_loss(logits, true, near):
    """The whole loss; logits, true, near: [captions, pictures]."""
    both_ways = contrastive_loss(logits, true) + contrastive_loss(logits.T, true.T)
    # A codebook is right when any phrase of the category wins, so each picture should choose among its category's.
    return both_ways + 0.7 * choice_loss(logits.T, near.T) + 0.7 * choice_loss(logits.T, true.T == 1)


def scaled_similarity(text_embeddings, image_embeddings, log_scale):
    """Cosines of every caption with every picture times the learned scale. [captions, dim], [pictures, dim]"""
    text = torch.nn.functional.normalize(text_embeddings, dim=1)
    image = torch.nn.functional.normalize(image_embeddings, dim=1)
    return text @ image.T * log_scale.exp()
