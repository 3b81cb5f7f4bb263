"""Teach the network `voice_phonemes`: `python -m mien_models.speech.teach_phonemes --out models/weights`.

Sentences of random words by two synthesisers, eSpeak NG and Flite, as a microphone would hear them; vocal tracts of
other lengths by playing them faster or slower (after Jaitly & Hinton 2013, "Vocal tract length perturbation").
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError, tell
from mien_models.speech import features
from mien_models.speech.alphabet import INDEX, SILENCE, SOUNDS, distance, sounds_of
from mien_models.speech.espeak import Espeak, Utterance
from mien_models.speech.flite import VOICES as FLITE_VOICES, Flite
from mien_models.speech.layers import F32, Layers, softmax, write_onnx
from mien_models.speech.phonemes import INPUTS, SWITCH, inputs, path
from mien_models.speech.teach import VOICES, WORDS, as_heard

_HIDDEN = (384, 192)
LETTERS = "A B C D E F G H I J K L M N O P Q R S T U V X Y Z".split()
SMALL = (
    "the a an and of to in on at by with from for as is was are be it he she we they this that not but or if so now"
    " again please soon then there here up down into very all no me him her us them have has had do did will can"
).split()
_JUDGES = ("awb", "+m4", "+f4", "+klatt2")  # voices that are never in the lessons
_RARE = 0.3  # share of a sound's log frequency that is taken off, so that rare sounds are told
_FLITE = 0.5  # share of the sentences
_SOFT = 0.1  # of the truth, spread over all sounds
_DROPPED = 0.25  # share of the hidden values that a step goes without
_WARPS = np.linspace(0.88, 1.12, 9)  # of the mel scale
_NOISE, _MISSING = 0.25, 0.1  # added to the inputs, and share of them that is missing
_HIDDEN_BANDS = 6  # that half of the examples of a step go without, at most

Lesson = tuple[F32, NDArray[np.intp], tuple[str, ...]]  # F×INPUTS, the sound of each frame, and the sounds in order


def sentence(rng: np.random.Generator) -> str:
    """Random words, small words and letters."""
    said = []
    for _ in range(int(rng.integers(3, 9))):
        kind = rng.random()
        source: Sequence[str] = LETTERS if kind < 0.12 else SMALL if kind < 0.35 else WORDS
        said.append(str(rng.choice(source)) + (", " if rng.random() < 0.1 else " "))
    return "".join(said).strip(" ,") + "."


def faster(said: Utterance, by: float) -> Utterance:
    """Played faster: higher, and as of a shorter vocal tract. Its rate is told as it was."""
    n = int(len(said.samples) / by)
    samples = np.interp(np.arange(n) * by, np.arange(len(said.samples)), said.samples).astype(np.float32)
    return Utterance(samples, said.rate, [(a / by, b / by, name) for a, b, name in said.spans])


def frame_sounds(said: Utterance, count: int) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """The sound of each of `count` frames, and all sounds in order. A phoneme of several sounds is cut evenly."""
    pieces = []
    for first, last, phoneme in said.spans:
        names = sounds_of(phoneme) or (SILENCE,)
        cuts = np.linspace(first, last, len(names) + 1).tolist()
        pieces += list(zip(cuts[:-1], names, strict=True))
    starts = np.array([0.0, *(at for at, _ in pieces)])
    which = np.array([INDEX[SILENCE], *(INDEX[name] for _, name in pieces)])
    times = (np.arange(count) * features.HOP + features.WINDOW / 2) / features.RATE
    return which[np.searchsorted(starts, times, side="right") - 1], tuple(n for _, n in pieces if n)


class Speakers:
    """The synthesisers with the voices of lessons, or those of judges. Raises ModelError without the synthesisers."""

    def __init__(self, rng: np.random.Generator, judge: bool) -> None:
        self._rng, self._espeak, self._flite = rng, Espeak(), Flite()
        self._espeak_voices, self._flite_voices = (
            [v for v in voices if v.endswith(_JUDGES) == judge] for voices in (VOICES, FLITE_VOICES)
        )

    def say(self, text: str) -> Utterance:
        """By a random voice, in a random manner."""
        rng = self._rng
        if rng.random() < _FLITE:
            voice, stretch = str(rng.choice(self._flite_voices)), float(rng.uniform(0.75, 1.3))
            return self._flite.say(text, voice, stretch, float(rng.uniform(80, 240)))
        return self._espeak.say(
            text, str(rng.choice(self._espeak_voices)), int(rng.integers(110, 230)), int(rng.integers(10, 90)),
            int(rng.integers(20, 90)),
        )  # fmt: skip


def lessons(count: int, seed: int, judge: bool = False) -> list[Lesson]:
    """Sentences, by the voices of lessons or those of judges. Raises ModelError without the synthesisers."""
    rng = np.random.default_rng(seed)
    speakers, out = Speakers(rng, judge), []
    for _ in range(count):
        said = speakers.say(sentence(rng))
        said = faster(said, float(rng.uniform(0.85, 1.2)))
        lead, tail = (np.zeros(int(said.rate * rng.uniform(0, 0.5)), np.float32) for _ in range(2))
        shift, end = len(lead) / said.rate, (len(lead) + len(said.samples)) / said.rate
        spans = [*((a + shift, b + shift, name) for a, b, name in said.spans), (end, end + 1, SILENCE)]
        said = Utterance(np.concatenate([lead, said.samples, tail]), said.rate, spans)
        told = features.frames(as_heard(rng, said))
        which, names = frame_sounds(said, len(told))
        out.append((inputs(told), which, names))
    return out


def _warp(factor: float) -> F32:
    """MELS×MELS: each band in place of one so many times as high."""
    at = np.clip(np.arange(features.MELS) * factor, 0, features.MELS - 1)
    low = np.floor(at).astype(int)
    out = np.zeros((features.MELS, features.MELS), np.float32)
    np.add.at(out, (np.arange(features.MELS), low), 1 - (at - low))
    np.add.at(out, (np.arange(features.MELS), np.minimum(low + 1, features.MELS - 1)), at - low)
    return out


def varied(rng: np.random.Generator, x: F32, warps: Sequence[F32]) -> F32:
    """The same inputs (N, INPUTS) of a longer or shorter vocal tract, with bands missing and noise."""
    waves = x.reshape(len(x), features.MELS, -1)
    waves = np.matmul(warps[int(rng.integers(len(warps)))], waves) if rng.random() < 0.8 else waves.copy()
    first = int(rng.integers(features.MELS))
    waves[: len(x) // 2, first : first + int(rng.integers(_HIDDEN_BANDS))] = 0
    noisy = waves.reshape(x.shape) + rng.normal(0, _NOISE, x.shape)
    return np.where(rng.random(x.shape) < _MISSING, 0, noisy / (1 - _MISSING)).astype(np.float32)


def heard(chances: F32, switch: float = SWITCH) -> tuple[str, ...]:
    """The sounds of a sentence in order."""
    which = path(chances, switch)
    told = which[np.flatnonzero(np.diff(which, prepend=-1))]
    return tuple(SOUNDS[i] for i in told.tolist() if SOUNDS[i] != SILENCE)


def error_rate(net: Layers, some: Sequence[Lesson], switch: float = SWITCH) -> float:
    """Errors per sound that is said."""
    errors = [distance(names, heard(softmax(net.forward(x)[1]), switch)) for x, _, names in some]
    return sum(errors) / sum(len(names) for _, _, names in some)


def export(net: Layers, to: Path) -> None:
    """Write the network as ONNX. Input `sound` N×INPUTS; output `sounds` N×len(SOUNDS), of sum 1."""
    from onnx import helper

    nodes = [helper.make_node("Softmax", ["logits"], ["sounds"], axis=1)]
    write_onnx(net, to, "voice_phonemes", nodes, [], {"sounds": len(SOUNDS)})


def main() -> int:
    """Teach; 0, or 1 with a message where a synthesiser is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--utterances", type=int, default=1600)
    parser.add_argument("--epochs", type=int, default=6)
    args = parser.parse_args()
    began = time.monotonic()
    try:
        some, judges = lessons(args.utterances, seed=1), lessons(max(args.utterances // 20, 4), seed=2, judge=True)
    except ModelError as error:
        return tell(error, parser.prog)
    x, which = (np.concatenate([lesson[i] for lesson in some]) for i in (0, 1))
    print(f"{len(x)} frames, {time.monotonic() - began:.0f} s", flush=True)
    rng = np.random.default_rng(0)
    net, batch = Layers(rng, (INPUTS, *_HIDDEN, len(SOUNDS))), 256
    warps = [_warp(factor) for factor in _WARPS]
    steps, step = args.epochs * (len(x) // batch), 0
    soft = np.eye(len(SOUNDS), dtype=np.float32) * (1 - _SOFT) + _SOFT / len(SOUNDS)
    for epoch in range(args.epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x) - batch + 1, batch):
            pick = order[i : i + batch]
            rate = 1.5e-3 * min(1, step / 200) * (0.5 + 0.5 * np.cos(np.pi * step / steps))
            kept, logits = net.forward_without(rng, _DROPPED, varied(rng, x[pick], warps))
            net.learn(kept, (softmax(logits) - soft[which[pick]]) / batch, rate, _DROPPED)
            step += 1
        print(epoch, f"{error_rate(net, judges):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    frequency = np.bincount(which, minlength=len(SOUNDS)) / len(which)
    net.p[-1] -= (_RARE * np.log(np.maximum(frequency, 1e-4))).astype(np.float32)
    rates = {switch: round(error_rate(net, judges, switch), 3) for switch in (1.0, 2.0, 3.0, 4.0, 6.0)}
    print(rates)
    args.out.mkdir(parents=True, exist_ok=True)
    to = args.out / "voice_phonemes.onnx"
    export(net, to)
    run = {
        "network": "voice_phonemes",
        "data": {"utterances": args.utterances, "frames": len(x), "synthesisers": ["eSpeak NG", "Flite"]},
        "epochs": args.epochs,
        "validation": {
            "utterances": len(judges), "voices": _JUDGES, "phoneme_error_rate": rates[SWITCH], "by_switch": rates,
        },
        "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    (args.out / "voice_phonemes.json").write_text(json.dumps(run, indent=1) + "\n")
    print(hashlib.sha256(to.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main())
