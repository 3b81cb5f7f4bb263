"""Teaches `voice_mouth`: log-mel to mouth shapes and visemes, by synthetic speech with known phonemes.

    python -m mien_models.speech.teach --out models/weights

It needs numpy, onnx and eSpeak NG (`espeak.py`). The run of the shipped network took nine minutes on one core of a
shared machine. No recording of a person is used.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError, tell
from mien_models.speech import features, visemes
from mien_models.speech.espeak import Espeak, Utterance
from mien_models.speech.layers import F32, Layers, softmax, write_onnx

_HIDDEN = (128, 64)
_INPUTS = features.CONTEXT * features.MELS
VOICES = [
    f"{accent}+{variant}"
    for accent in ("en-us", "en-gb-x-rp", "en-gb-scotland")
    for variant in ("m1", "m2", "m3", "m4", "m5", "m7", "f1", "f2", "f3", "f4", "f5", "klatt", "klatt2")
]
# Plain words that hold every sound of English; sentences are drawn from them.
WORDS = (
    "about above apple arm ask bath beach bed bird boat book bottle bread bridge brother buy cage calm camera castle"
    " chair cheese child church city clean cloud coffee cold cook cup daughter day deep doctor dog door dream drive"
    " early earth easy edge eight evening eye face family farm father feather fish five flower fog food foot forest"
    " four fox fruit garden ghost girl give glass goat gold good grass hair half hand happy heart heavy home horse"
    " house how ice island jam job join judge jump keep key king kitchen knee know lamp language large laugh leaf"
    " leather light lion little long lunch machine make map market measure meet milk mirror money month moon morning"
    " mother mountain mouth move music name nature near never night nine noise north nose ocean often oil old one"
    " open orange other out over owl page paper park peace people pepper picture piece pleasure plum point pool"
    " purple push queen question quick rabbit rain ready right river road robot room rough round salt sand school"
    " sea seven shadow sheep ship shoe shop short sing sister six sky sleep slow smile smooth snow soap soft some"
    " song soup south spoon spring star stone storm story street sugar summer sun sure sweet table tall tea teeth"
    " television ten thank theatre thick thin thing think thirty this thought three thumb thunder time today tooth"
    " town toy tree true tube turn two uncle under up use valley vase very village vision voice walk wall warm wash"
    " watch water wave weather week west what wheel where whisper white wife wind window winter wolf woman wood word"
    " work world yard yellow yes you young zebra zero zoo"
).split()


def as_heard(rng: np.random.Generator, said: Utterance) -> F32:
    """As a microphone would hear it in a room: other level and colour, an echo, noise; at 16 kHz."""
    n = int(len(said.samples) * features.RATE / said.rate)
    t = np.arange(n) * (said.rate / features.RATE)
    x = np.interp(t, np.arange(len(said.samples)), said.samples)
    spectrum = np.fft.rfft(x)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(n, 1 / features.RATE), 60) / 1000)
    colour = rng.normal(0, 2.5) * octaves + np.interp(octaves, np.linspace(-4, 3, 8), rng.normal(0, 3, 8))
    x = np.fft.irfft(spectrum * 10 ** (colour / 20), n)
    if rng.random() < 0.5:
        tail = int(features.RATE * rng.uniform(0.05, 0.25))
        echo = rng.normal(size=tail) * np.exp(-np.arange(tail) / (tail / 5)) * rng.uniform(0.02, 0.12)
        echo[0] = 1
        size = n + tail
        x = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(echo, size), size)[:n]
    x *= 10 ** (rng.uniform(-34, -12) / 20) / max(float(np.sqrt(np.mean(x**2))), 1e-6)
    power = np.fft.rfft(rng.normal(size=n)) * 10 ** (rng.uniform(-6, 0) * octaves / 20)
    noise = np.fft.irfft(power, n)
    noise *= float(np.sqrt(np.mean(x**2))) * 10 ** (-rng.uniform(12, 45) / 20) / max(float(noise.std()), 1e-9)
    return np.clip(x + noise, -1, 1).astype(np.float32)


def lessons(utterances: int, seed: int) -> tuple[F32, F32, NDArray[np.intp]]:
    """Contexts N×338, shapes N×9 and visemes N of that many sentences."""
    rng, espeak = np.random.default_rng(seed), Espeak()
    xs, ys, vs = [], [], []
    for _ in range(utterances):
        words = [str(w) for w in rng.choice(WORDS, rng.integers(3, 9))]
        for i in range(1, len(words)):
            words[i] = (", " if rng.random() < 0.15 else " ") + words[i]
        said = espeak.say(
            "".join(words) + ".", str(rng.choice(VOICES)), int(rng.integers(110, 220)), int(rng.integers(20, 80)),
            int(rng.integers(20, 80)),
        )  # fmt: skip
        lead = int(said.rate * rng.uniform(0, 0.6))
        said = Utterance(
            np.concatenate([np.zeros(lead, np.float32), said.samples]), said.rate,
            [(a + lead / said.rate, b + lead / said.rate, p) for a, b, p in said.spans],
        )  # fmt: skip
        told = features.frames(as_heard(rng, said))
        times = (np.arange(len(told)) * features.HOP + features.WINDOW / 2) / features.RATE
        spans = [(0.0, lead / said.rate, ""), *said.spans]
        shapes, which = visemes.trajectory(spans, times)
        xs.append(features.contexts(told))
        ys.append(shapes.astype(np.float32))
        vs.append(which)
    return np.concatenate(xs), np.concatenate(ys), np.concatenate(vs)


class Net(Layers):
    """Three layers; shapes and logits of the visemes come out."""

    def __init__(self, rng: np.random.Generator) -> None:
        super().__init__(rng, (_INPUTS, *_HIDDEN, len(visemes.SHAPES) + len(visemes.VISEMES)))

    def __call__(self, x: F32) -> tuple[F32, F32]:
        """Shapes and the probabilities of the visemes."""
        out, n = self.forward(x)[1], len(visemes.SHAPES)
        return np.clip(out[:, :n], 0, 1), softmax(out[:, n:])

    def imitate(self, x: F32, shapes: F32, which: NDArray[np.intp], rate: float, scale: F32) -> None:
        """One step towards these shapes and visemes."""
        kept, out = self.forward(x)
        n, batch = len(visemes.SHAPES), len(x)
        chance = softmax(out[:, n:])
        chance[np.arange(batch), which] -= 1
        slope = np.concatenate([(out[:, :n] - shapes) * scale, 0.2 * chance], axis=1) / batch
        self.learn(kept, slope.astype(np.float32), rate)


def export(net: Net, path: Path) -> None:
    """Writes the network as ONNX, atomically. Input `sound` N×338; outputs `shapes` N×9 and `visemes` N×16."""
    from onnx import helper, numpy_helper

    n, v = len(visemes.SHAPES), len(visemes.VISEMES)
    constants = [
        numpy_helper.from_array(np.array([n, v], np.int64), "split"),
        numpy_helper.from_array(np.float32(0), "zero"),
        numpy_helper.from_array(np.float32(1), "one"),
    ]
    nodes = [
        helper.make_node("Split", ["logits", "split"], ["raw", "told"], axis=1),
        helper.make_node("Clip", ["raw", "zero", "one"], ["shapes"]),
        helper.make_node("Softmax", ["told"], ["visemes"], axis=1),
    ]
    write_onnx(net, path, "voice_mouth", nodes, constants, {"shapes": n, "visemes": v})


def main() -> int:
    """Teach; 0, or 1 with a message where eSpeak NG is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--utterances", type=int, default=2600)
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    began = time.monotonic()
    try:
        x, y, v = lessons(args.utterances, seed=1)
        vx, vy, vv = lessons(max(args.utterances // 12, 2), seed=2)
    except ModelError as error:
        return tell(error, parser.prog)
    print(f"{len(x)} frames of {len(x) * features.HOP / features.RATE / 60:.0f} min, {time.monotonic() - began:.0f} s")
    rng = np.random.default_rng(0)
    net, batch = Net(rng), 256
    scale = (1 / np.maximum(y.std(axis=0), 0.02)).astype(np.float32)
    steps, step = args.epochs * (len(x) // batch), 0
    for epoch in range(args.epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x) - batch + 1, batch):
            pick = order[i : i + batch]
            rate = 2e-3 * min(1, step / 200) * (0.5 + 0.5 * np.cos(np.pi * step / steps))
            net.imitate(x[pick], y[pick], v[pick], rate, scale)
            step += 1
        shapes, chance = net(vx)
        r = [
            float(np.corrcoef(a, b)[0, 1]) if b.std() > 1e-6 else float("nan")
            for a, b in zip(shapes.T, vy.T, strict=True)
        ]
        accuracy = float((chance.argmax(axis=1) == vv).mean())
        print(
            epoch, "r", np.round(r, 2).tolist(), f"visemes {accuracy:.2f}, {time.monotonic() - began:.0f} s", flush=True
        )
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / "voice_mouth.onnx"
    export(net, path)
    run = {
        "network": "voice_mouth",
        "data": {"utterances": args.utterances, "frames": len(x), "voices": VOICES, "synthesiser": "eSpeak NG"},
        "epochs": args.epochs,
        "validation": {
            "frames": len(vx),
            "shapes_r": {s[0]: round(q, 3) for s, q in zip(visemes.SHAPES, r, strict=True)},
            "viseme_accuracy": round(accuracy, 3),
        },
        "seconds": round(time.monotonic() - began),
    }
    (args.out / "voice_mouth.json").write_text(json.dumps(run, indent=1) + "\n")
    print(hashlib.sha256(path.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main())
