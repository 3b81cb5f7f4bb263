"""A project of BORIS 7 and newer (JSON), with one observation of coded action units.

Onset and offset are the start and stop of a state event, the apex is a point event between them. A video is named as
the medium of the observation; a bag has none, and its observation is one that was coded live.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from mien.exports.events.phases import EventWriter, seen, subject
from mien.exports.files import write
from mien.exports.step import Tally
from mien.statistics.events import Event
from mien_models.spaces import facs

_NAMES = {label: unit.name for unit in facs.ACTION_UNITS for label in unit.labels}
_SIDES = {"L": ", left", "R": ", right"}
_PLAYERS = 8  # that an observation has places for


class Boris(EventWriter):
    def write(self, found: Mapping[int, list[Event]], tally: Tally) -> list[Path]:
        date = datetime.fromtimestamp((tally.first_ns or 0) * 1e-9, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
        units = [
            u for u in self.about.names.action_units if any(e.unit == u for list_ in found.values() for e in list_)
        ]
        project = {
            "time_format": "s",
            "project_date": date,
            "project_name": self.about.name,
            "project_description": f"Action units of {self.about.source}, coded by mien",
            "project_format_version": "7.0",
            "subjects_conf": {
                str(i): {"key": "", "name": subject(track_id), "description": ""} for i, track_id in enumerate(found)
            },
            "behaviors_conf": {
                str(i): behaviour
                for i, behaviour in enumerate(b for u in units for b in (_behaviour(u), _behaviour(u, apex=True)))
            },
            "observations": {self.about.name: self._observation(found, tally, date)},
            "behavioral_categories": [],
            "independent_variables": {},
            "coding_map": {},
            "behaviors_coding_map": [],
            "converters": {},
        }
        return [write(self.target, json.dumps(project, indent=1, ensure_ascii=False) + "\n")]

    def _observation(self, found: Mapping[int, list[Event]], tally: Tally, date: str) -> dict[str, Any]:
        media = [str(self.about.media.resolve())] if self.about.media else []
        rows = [row for track_id, list_ in found.items() for event in list_ for row in _rows(track_id, event)]
        # A medium's event also has the number of its frame, which is not looked for.
        events = [[*row, "NA"] if media else row for row in sorted(rows, key=lambda row: row[0])]
        rate = float(tally.rate) if tally.rate else 0.0
        return {
            "type": "MEDIA" if media else "LIVE",
            "date": date,
            "description": f"{tally.frames} frames, {tally.without_face} without a face",
            "time offset": 0.0,
            "file": {str(i + 1): media if i == 0 else [] for i in range(_PLAYERS)} if media else {},
            "media_info": {
                "length": dict.fromkeys(media, round(tally.duration_s, 3)),
                "fps": dict.fromkeys(media, round(rate, 3)),
                "hasVideo": dict.fromkeys(media, True),
                "hasAudio": dict.fromkeys(media, False),
                "offset": {"1": 0.0} if media else {},
            },
            "events": events,
            "observation time interval": [0, 0],
            "independent_variables": {},
            "visualize_spectrogram": False,
            "visualize_waveform": False,
            "close_behaviors_between_videos": False,
            "scan_sampling_time": 0,
            "start_from_current_time": False,
            "start_from_current_epoch_time": False,
        }


def _behaviour(unit: str, *, apex: bool = False) -> dict[str, Any]:
    name = _NAMES.get(unit, unit) + _SIDES.get(unit[-1], "")
    return {
        "type": "Point event" if apex else "State event",
        "key": "",
        "code": f"{unit} apex" if apex else unit,
        "description": f"{name}: its strongest moment" if apex else f"{name}: from onset to offset",
        "color": "",
        "category": "",
        "modifiers": {},
        "excluded": "",
        "coding map": "",
    }


def _rows(track_id: int, event: Event) -> list[list[Any]]:
    """Time [s], subject, behaviour, modifier, comment."""
    who, note = subject(track_id), seen(event)
    return [
        [round(event.onset_s, 3), who, event.unit, "", note],
        [round(event.apex_s, 3), who, f"{event.unit} apex", "", f"intensity {event.peak:.2f}"],
        [round(event.offset_s, 3), who, event.unit, "", ""],
    ]
