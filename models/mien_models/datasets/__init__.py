"""Loaders for labelled sets of real faces, and datasets on disk; the README says how to obtain the sets."""

from mien_models.datasets.aff_wild2 import aff_wild2, aff_wild2_films
from mien_models.datasets.affectnet import affectnet
from mien_models.datasets.bp4d import bp4d, bp4d_plus
from mien_models.datasets.disfa import disfa
from mien_models.datasets.fec import fec
from mien_models.datasets.fer2013 import fer2013
from mien_models.datasets.labelled import Comparisons, Labelled, Picture
from mien_models.datasets.portraits import portraits
from mien_models.datasets.raf_db import raf_db
from mien_models.errors import SetError

__all__ = [
    "Comparisons",
    "Labelled",
    "Picture",
    "SetError",
    "aff_wild2",
    "aff_wild2_films",
    "affectnet",
    "bp4d",
    "bp4d_plus",
    "disfa",
    "fec",
    "fer2013",
    "portraits",
    "raf_db",
]
