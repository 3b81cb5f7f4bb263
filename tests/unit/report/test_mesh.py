"""The lines of the face."""

from __future__ import annotations

import pytest

from mien.report import mesh


def test_without_its_asset_the_mesh_is_only_contours(monkeypatch: pytest.MonkeyPatch) -> None:
    import mien_models

    def absent() -> None:
        raise mien_models.ModelError("not fetched")

    monkeypatch.setattr(mien_models, "load_face_geometry", absent)
    mesh.tesselation.cache_clear()
    assert mesh.tesselation().shape == (0, 2)
    mesh.tesselation.cache_clear()
