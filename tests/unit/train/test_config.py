"""Settings by name, and settings that do not fit."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.errors import ModelError
from mien_models.train.config import PRESETS, EncoderTraining, FinetuneConfig, changed


def test_settings_take_the_type_of_what_they_replace() -> None:
    config = changed(
        EncoderTraining(), ["lr=1e-4", "samples=2e5", "net=medium", "augment.noise=3", "losses.adversary=0.5"]
    )
    assert (config.lr, config.samples, config.net) == (1e-4, 200_000, "medium")
    assert isinstance(config.samples, int)
    assert (config.augment.noise, config.losses.adversary) == (3.0, 0.5)
    assert changed(FinetuneConfig(), ["heads_only=true"]).heads_only is True


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("lr", "a setting is NAME=VALUE"),
        ("speed=3", "EncoderTraining has no speed; it has "),
        ("lr=fast", "lr is a float, not 'fast'"),
        ("precision=fp8", "precision is one of bf16, fp32, not fp8"),
        ("batch=0", "batch is 0, and must be above 0"),
        ("augment=3", "augment is set by its parts"),
        ("lr.high=3", "lr is set as a whole"),
        ("augment.colour=3", "AugmentConfig has no colour"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(setting: str, says: str) -> None:
    with pytest.raises(ModelError, match=says):
        changed(EncoderTraining(), [setting])


def test_every_recipe_has_a_preset_for_both_machines() -> None:
    assert set(PRESETS) == {"pretrain", "encoder", "distill", "neutral", "finetune", "fusion"}
    assert all(set(presets) == {"cpu", "gpu"} for presets in PRESETS.values())
