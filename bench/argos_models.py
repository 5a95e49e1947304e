"""Argos packages made here, for tests and for measuring; neither is ever offered to a user.

``write_lexicon_package`` sets the weights of a small transformer by hand so that it translates word by word: a real
CTranslate2 model in a real package, whose output is known. ``write_large_package`` does the same in the size of the
packages people install: 6 + 6 layers, 512 wide, 32,000 pieces.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import transformer_spec

SPECIAL = ("<unk>", "<s>", "</s>")
# Dimensions of the lexicon model: what a piece means, where it stands, what is to be written.
MEANING, PLACE = 128, 64
LONGEST = 512  # positions
VOCABULARY = 32_000

Weights = np.ndarray[Any, np.dtype[np.float32]]


def write_lexicon_package(
    folder: Path,
    lexicon: Mapping[str, str],
    *,
    source: str,
    target: str = "en",
    language_codes: tuple[str, ...] = (),
) -> Path:
    """Write an ``.argosmodel`` that translates the words of a lexicon one by one, and copies those it lacks.

    A space in a translation is written as ``_``, which Argos decodes as a space. ``language_codes`` are those of the
    words that are tokens of their own, without a space before them, as multilingual models have.
    """
    targets = {word.replace(" ", "_") for word in lexicon.values()}

    def piece(word: str) -> str:
        return word if word in language_codes else f"▁{word}"

    pieces = [*SPECIAL, *sorted({piece(word) for word in {*lexicon, *targets}})]
    meaning_of = {piece(word): piece(translated.replace(" ", "_")) for word, translated in lexicon.items()}
    spec = _lexicon_spec(pieces, [meaning_of.get(piece, piece) for piece in pieces])
    words = [piece.removeprefix("▁") for piece in pieces[len(SPECIAL) :]]
    return _write_package(folder, spec, pieces, _word_pieces(words), source=source, target=target)


def write_large_package(folder: Path, corpus: Iterable[str], *, source: str, target: str = "en") -> Path:
    """Write an ``.argosmodel`` of the usual size that copies its source.

    Its output is as long as its input, as with a trained model; purely random weights would run on to the limit.
    """
    tokenizer = _subword_pieces(corpus, VOCABULARY)
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokenizer)
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    pieces += [f"filler{number}" for number in range(VOCABULARY - len(pieces))]
    spec = _lexicon_spec(pieces, pieces, width=512, heads=8, layers=6)
    return _write_package(folder, spec, pieces, tokenizer, source=source, target=target)


def _word_pieces(words: Sequence[str]) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(words)]),
        model_writer=model,
        model_type="word",
        vocab_size=len(words) + len(SPECIAL),
        use_all_vocab=True,
        character_coverage=1.0,
        max_sentence_length=1_000_000,
        minloglevel=2,
    )
    return model.getvalue()


def _subword_pieces(corpus: Iterable[str], size: int) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus),
        model_writer=model,
        vocab_size=size,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return model.getvalue()


def _write_package(
    folder: Path,
    spec: Any,
    pieces: list[str],
    tokenizer: bytes,
    *,
    source: str,
    target: str,
) -> Path:
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization="int8")  # as Argos does
    name = f"{source}_{target}"
    model = folder / name / "model"
    model.mkdir(parents=True)
    spec.save(str(model))
    (model.parent / "sentencepiece.model").write_bytes(tokenizer)
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.9",
        "from_code": source,
        "from_name": source,
        "to_code": target,
        "to_name": target,
    }
    (model.parent / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    package = folder / f"translate-{name}-1_0.argosmodel"
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted((folder / name).rglob("*")):
            archive.write(path, path.relative_to(folder))
    return package


def _codes(number: int, width: int, seed: int) -> Weights:
    """Unit vectors that are nearly orthogonal and have no mean, so that layer norm leaves them alone."""
    vectors = np.random.default_rng(seed).normal(size=(number, width))
    vectors -= vectors.mean(axis=1, keepdims=True)
    unit: Weights = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit.astype(np.float32)


def _lexicon_spec(pieces: list[str], meanings: list[str], *, width: int = 320, heads: int = 4, layers: int = 1) -> Any:
    """Set weights so that the decoder, at each position, looks at the same position of the source and names it.

    A state is [meaning | place | written | unused]. The encoder adds place codes to meaning codes and changes nothing
    else. The last cross-attention's queries and keys read the place (each head all of it), its values move the meaning
    to "written" (each head a part), and the output layer compares "written" with every piece's code. All other weights
    are noise too faint to matter; they cost as much time as weights that do.
    """
    spec = transformer_spec.TransformerSpec.from_config(layers, heads)
    code = dict(zip(pieces, _codes(len(pieces), MEANING, 1), strict=True))
    places = np.zeros((LONGEST, width), np.float32)
    places[:, MEANING : MEANING + PLACE] = _codes(LONGEST, PLACE, 2)
    noise = np.random.default_rng(3)

    def faint(rows: int, columns: int) -> Weights:
        return noise.normal(scale=1e-4 if layers > 1 else 0, size=(rows, columns)).astype(np.float32)

    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = places
        _set_norm(side.layer_norm, width)
        for layer in side.layer:
            _set_attention(layer.self_attention, [faint(3 * width, width), faint(width, width)])
            if side is spec.decoder:
                _set_attention(layer.attention, [faint(width, width), faint(2 * width, width), faint(width, width)])
            _set_norm(layer.ffn.layer_norm, width)
            _set_linear(layer.ffn.linear_0, faint(4 * width, width))
            _set_linear(layer.ffn.linear_1, faint(width, 4 * width))
    _set_attention(spec.decoder.layer[-1].attention, _looking_attention(width, heads))
    spec.encoder.embeddings[0].weight = _in_columns([code[piece] for piece in meanings], 0, width)
    spec.decoder.embeddings.weight = faint(len(pieces), width)
    _set_linear(spec.decoder.projection, _in_columns([code[piece] for piece in pieces], MEANING + PLACE, width) * 3)
    return spec


def _looking_attention(width: int, heads: int) -> list[Weights]:
    """Weights of an attention from each place to the same place, which brings the meaning there to "written"."""
    size, part = width // heads, MEANING // heads
    places, values, out = (np.zeros((width, width), np.float32) for _ in range(3))
    for head in range(heads):
        for dimension in range(PLACE):
            places[head * size + dimension, MEANING + dimension] = 1
        for dimension in range(part):
            values[head * size + dimension, head * part + dimension] = 1
            out[MEANING + PLACE + head * part + dimension, head * size + dimension] = 1
    # Layer norm makes a place code about sqrt(width / 2) long; times 10 the softmax is as good as a choice. What is
    # written is made louder than the rest of the decoder's state, which the last layer norm scales too.
    return [places * 10, np.concatenate([places, values]), out * 10]


def _in_columns(codes: Sequence[Weights], start: int, width: int) -> Weights:
    matrix = np.zeros((len(codes), width), np.float32)
    matrix[:, start : start + MEANING] = codes
    return matrix


def _set_attention(attention: Any, weights: Sequence[Weights]) -> None:
    _set_norm(attention.layer_norm, weights[0].shape[1])
    for linear, weight in zip(attention.linear, weights, strict=True):
        _set_linear(linear, weight)


def _set_norm(norm: Any, width: int) -> None:
    norm.gamma = np.ones(width, np.float32)
    norm.beta = np.zeros(width, np.float32)


def _set_linear(linear: Any, weight: Weights) -> None:
    linear.weight = weight
    linear.bias = np.zeros(weight.shape[0], np.float32)
