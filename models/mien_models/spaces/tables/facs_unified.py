"""Sided FACS and Unified Expressions, whose shapes are named by the muscles that FACS goes by."""

from __future__ import annotations

from mien_models.spaces.tables import Table

_FUNNEL = ("LipFunnelUpper*", "LipFunnelLower*")
_PUCKER = ("LipPuckerUpper*", "LipPuckerLower*")
_SUCK = ("LipSuckUpper*", "LipSuckLower*")

TO_UNIFIED: Table = {
    "BrowInnerUp*": {"AU1*": 1},
    "BrowOuterUp*": {"AU2*": 1},
    "BrowLowerer*": {"AU4*": 1},
    "BrowPinch*": {"AU4*": 1},
    "EyeWide*": {"AU5*": 1},
    "CheekSquint*": {"AU6*": 1},
    "EyeSquint*": {"AU7*": 1},
    "NoseSneer*": {"AU9*": 1},
    "MouthUpperUp*": {"AU10*": 1, "AU25": 0.15},
    "MouthUpperDeepen*": {"AU10*": 1},
    "MouthCornerPull*": {"AU12*": 1},
    "MouthCornerSlant*": {"AU12*": 1},
    "MouthDimple*": {"AU14*": 1},
    "MouthFrown*": {"AU15*": 1},
    "MouthLowerDown*": {"AU16*": 1, "AU25": 0.3},
    "MouthRaiserLower": {"AU17": 1},
    **{name: {"AU18": 1} for name in _PUCKER},
    "MouthStretch*": {"AU20*": 1},
    **{name: {"AU22": 1} for name in _FUNNEL},
    "MouthTightener*": {"AU23": 1},
    "MouthPress*": {"AU24": 1},
    "JawOpen": {"AU26": 0.5, "AU27": 1},
    # A jaw that drops behind lips that are not parted.
    "MouthClosed": {"AU26": 0.5, "AU25": -2},
    **{name: {"AU28": 1} for name in _SUCK},
    "EyeClosed*": {"AU43*": 1},
}

TO_FACS: Table = {
    "AU1*": {"BrowInnerUp*": 1},
    "AU2*": {"BrowOuterUp*": 1},
    "AU4*": {"BrowLowerer*": 0.75, "BrowPinch*": 0.25},
    "AU5*": {"EyeWide*": 1},
    "AU6*": {"CheekSquint*": 1},
    "AU7*": {"EyeSquint*": 1},
    "AU9*": {"NoseSneer*": 1},
    "AU10*": {"MouthUpperUp*": 1},
    "AU12*": {"MouthCornerPull*": 0.8, "MouthCornerSlant*": 0.2},
    "AU14*": {"MouthDimple*": 1},
    "AU15*": {"MouthFrown*": 1},
    "AU16*": {"MouthLowerDown*": 1},
    "AU17": {"MouthRaiserLower": 1},
    "AU18": dict.fromkeys(_PUCKER, 0.25),
    "AU20*": {"MouthStretch*": 1},
    "AU22": dict.fromkeys(_FUNNEL, 0.25),
    "AU23": {"MouthTightener*": 0.5},
    "AU24": {"MouthPress*": 0.5},
    # Lips that the jaw or their own muscles part.
    "AU25": {"JawOpen": 2, "MouthClosed": -2, "MouthLowerDown*": 0.5, "MouthUpperUp*": 0.5},
    # A jaw that is half open has dropped, one that is wide open is stretched; the two exclude each other.
    "AU26": {"JawOpen": 2, ("JawOpen", 0.5): -4},
    "AU27": {("JawOpen", 0.5): 2},
    "AU28": dict.fromkeys(_SUCK, 0.25),
    "AU43*": {"EyeClosed*": 1},
}
