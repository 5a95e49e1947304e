"""Argos packages made here, for tests and for measuring; neither is ever offered to a user.

``write_lexicon_package`` sets the weights of a small transformer by hand so that it translates word by word: a real
CTranslate2 model in a real package, whose output is known. ``write_random_package`` has the size of the packages people
install (6 + 6 layers, 512 wide, 32,000 pieces), with random weights.
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
MEANING, PLACE = 96, 96
LONGEST = 512  # positions


def write_lexicon_package(folder: Path, lexicon: Mapping[str, str], *, source: str, target: str = "en") -> Path:
    """Write an ``.argosmodel`` that translates the words of a lexicon one by one, and copies those it lacks.

    A space in a translation is written as ``_``, which Argos decodes as a space.
    """
    targets = {word.replace(" ", "_") for word in lexicon.values()}
    pieces = [*SPECIAL, *sorted({f"▁{word}" for word in {*lexicon, *targets}})]
    meaning_of = {f"▁{word}": f"▁{translated.replace(' ', '_')}" for word, translated in lexicon.items()}
    spec = _lexicon_spec(pieces, [meaning_of.get(piece, piece) for piece in pieces])
    words = [piece.removeprefix("▁") for piece in pieces[len(SPECIAL) :]]
    return _write_package(folder, spec, pieces, _word_pieces(words), source=source, target=target)


def write_random_package(
    folder: Path, corpus: Iterable[str], *, source: str, target: str = "en", seed: int = 0
) -> Path:
    """Write an ``.argosmodel`` of the usual size with random weights, quantised to int8 as Argos does."""
    pieces_model = _subword_pieces(corpus, 32_000)
    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces_model)
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    pieces += [f"filler{number}" for number in range(32_000 - len(pieces))]
    spec = _random_spec(pieces, np.random.default_rng(seed))
    return _write_package(folder, spec, pieces, pieces_model, source=source, target=target, quantization="int8")


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
    quantization: str | None = None,
) -> Path:
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization=quantization)
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
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((folder / name).rglob("*")):
            archive.write(path, path.relative_to(folder))
    return package


def _codes(number: int, width: int, seed: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Unit vectors that are nearly orthogonal and have no mean, so that layer norm leaves them alone."""
    vectors = np.random.default_rng(seed).normal(size=(number, width))
    vectors -= vectors.mean(axis=1, keepdims=True)
    unit: np.ndarray[Any, np.dtype[np.float32]] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit.astype(np.float32)


def _lexicon_spec(pieces: list[str], meanings: list[str]) -> Any:
    """Set weights so that the decoder, at each position, looks at the same position of the source and names it.

    A state is [meaning | place | written]. The encoder adds place codes to meaning codes and changes nothing else. The
    cross-attention's queries and keys read the place, its values move the meaning to "written", and the output layer
    compares "written" with every piece's code.
    """
    width = MEANING + PLACE + MEANING
    spec = transformer_spec.TransformerSpec.from_config(1, 1)
    code = dict(zip(pieces, _codes(len(pieces), MEANING, 1), strict=True))
    meaning = np.zeros((len(pieces), width), np.float32)
    meaning[:, :MEANING] = [code[piece] for piece in meanings]
    places = np.zeros((LONGEST, width), np.float32)
    places[:, MEANING : MEANING + PLACE] = _codes(LONGEST, PLACE, 2)
    nothing, identity = np.zeros((width, width), np.float32), np.eye(width, dtype=np.float32)
    place_only = np.diag(np.repeat([0.0, 1.0, 0.0], [MEANING, PLACE, MEANING])).astype(np.float32)
    to_written = np.zeros((width, width), np.float32)
    to_written[MEANING + PLACE :, :MEANING] = np.eye(MEANING)

    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = places
        _set_norm(side.layer_norm, width)
        for layer in side.layer:
            _set_norm(layer.self_attention.layer_norm, width)
            _set_linear(layer.self_attention.linear[0], np.concatenate([nothing, nothing, nothing]))
            _set_linear(layer.self_attention.linear[1], nothing)
            _set_norm(layer.ffn.layer_norm, width)
            _set_linear(layer.ffn.linear_0, np.zeros((4, width), np.float32))
            _set_linear(layer.ffn.linear_1, np.zeros((width, 4), np.float32))
    spec.encoder.embeddings[0].weight = meaning
    attention = spec.decoder.layer[0].attention
    _set_norm(attention.layer_norm, width)
    # Layer norm makes a place code about sqrt(width / 2) long; times 30 the softmax is as good as a choice.
    _set_linear(attention.linear[0], place_only * 30)
    _set_linear(attention.linear[1], np.concatenate([place_only, to_written]))
    _set_linear(attention.linear[2], identity * 10)  # louder than the decoder's own state, which layer norm scales too
    spec.decoder.embeddings.weight = np.zeros((len(pieces), width), np.float32)
    written = np.zeros((len(pieces), width), np.float32)
    written[:, MEANING + PLACE :] = [code[piece] for piece in pieces]
    _set_linear(spec.decoder.projection, written * 3)
    return spec


def _random_spec(pieces: list[str], rng: np.random.Generator, *, width: int = 512, layers: int = 6) -> Any:
    spec = transformer_spec.TransformerSpec.from_config(layers, 8)

    def random(rows: int, columns: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        return rng.normal(scale=columns**-0.5, size=(rows, columns)).astype(np.float32)

    for side, attentions in ((spec.encoder, ("self_attention",)), (spec.decoder, ("self_attention", "attention"))):
        _set_norm(side.layer_norm, width)
        for layer in side.layer:
            for name in attentions:
                attention = getattr(layer, name)
                _set_norm(attention.layer_norm, width)
                shapes = (3 * width, width) if name == "self_attention" else (width, 2 * width, width)
                for linear, rows in zip(attention.linear, shapes, strict=True):
                    _set_linear(linear, random(rows, width))
            _set_norm(layer.ffn.layer_norm, width)
            _set_linear(layer.ffn.linear_0, random(4 * width, width))
            _set_linear(layer.ffn.linear_1, random(width, 4 * width))
    spec.encoder.embeddings[0].weight = random(len(pieces), width)
    spec.decoder.embeddings.weight = random(len(pieces), width)
    _set_linear(spec.decoder.projection, random(len(pieces), width))
    return spec


def _set_norm(norm: Any, width: int) -> None:
    norm.gamma = np.ones(width, np.float32)
    norm.beta = np.zeros(width, np.float32)


def _set_linear(linear: Any, weight: np.ndarray[Any, np.dtype[np.float32]]) -> None:
    linear.weight = weight
    linear.bias = np.zeros(weight.shape[0], np.float32)
