"""The 478 landmarks of MediaPipe's face mesh by name: 468 points of the surface, then ten of the irises.

Convention: a pair is (left, right), the person's own. Edges of eyes and brows run from the nose outwards,
edges of the lips from the person's right corner to the left one; corners are not part of an edge.
Numbers: MediaPipe (Apache-2.0), face_landmarks_connections, and the canonical face for the rest.
"""

from __future__ import annotations

Points = tuple[int, ...]

COUNT = 478
SURFACE = 468  # the first landmarks, of which the canonical face consists; irises follow

# Eyes. The middle three points of a lid are those above and below the pupil.
EYE_OUTER = (263, 33)
EYE_INNER = (362, 133)
UPPER_LID: tuple[Points, Points] = ((398, 384, 385, 386, 387, 388, 466), (173, 157, 158, 159, 160, 161, 246))
LOWER_LID: tuple[Points, Points] = ((382, 381, 380, 374, 373, 390, 249), (155, 154, 153, 145, 144, 163, 7))
UPPER_LID_MIDDLE = (UPPER_LID[0][2:5], UPPER_LID[1][2:5])
LOWER_LID_MIDDLE = (LOWER_LID[0][2:5], LOWER_LID[1][2:5])
UNDER_EYE = ((330, 346, 347), (101, 117, 118))  # where the cheek begins
EYE_CORNERS = (EYE_OUTER[1], EYE_INNER[1], EYE_INNER[0], EYE_OUTER[0])  # from the person's right to the left

# Irises: the centre, then the outer, upper, inner and lower end.
IRISES: tuple[Points, Points] = ((473, 474, 475, 476, 477), (468, 471, 470, 469, 472))
PUPILS = (IRISES[0][0], IRISES[1][0])

# Brows: upper and lower edge; both ends of both edges.
BROW_UPPER: tuple[Points, Points] = ((336, 296, 334, 293, 300), (107, 66, 105, 63, 70))
BROW_LOWER: tuple[Points, Points] = ((285, 295, 282, 283, 276), (55, 65, 52, 53, 46))
BROW_INNER = ((BROW_LOWER[0][0], BROW_UPPER[0][0]), (BROW_LOWER[1][0], BROW_UPPER[1][0]))
BROW_OUTER = ((*BROW_LOWER[0][3:], *BROW_UPPER[0][3:]), (*BROW_LOWER[1][3:], *BROW_UPPER[1][3:]))

# The forehead; and the nose: the bridge from the sellion to the tip, and the wings with what lies beside them.
FOREHEAD: Points = (10, 151, 9)  # in the middle, from the hairline to between the brows
NOSE_BRIDGE: Points = (168, 6, 197, 195, 5, 4)
NOSE_BASE: Points = (64, 98, 97, 2, 326, 327, 294)  # along the nostrils, from right to left
NOSE_WINGS = ((294, 327, 358), (64, 98, 129))
NOSE_SIDES = (358, 129)
NOSTRIL_BASES = (327, 98)
SUBNASALE = 2  # where the nose meets the upper lip

# Lips: of the red, the outer edge and the one where the lips part.
MOUTH_CORNERS = (291, 61)
MOUTH_INNER_CORNERS = (308, 78)
UPPER_LIP_OUTER: Points = (185, 40, 39, 37, 0, 267, 269, 270, 409)
LOWER_LIP_OUTER: Points = (146, 91, 181, 84, 17, 314, 405, 321, 375)
UPPER_LIP_INNER: Points = (191, 80, 81, 82, 13, 312, 311, 310, 415)
LOWER_LIP_INNER: Points = (95, 88, 178, 87, 14, 317, 402, 318, 324)
UPPER_LIP_PEAKS = ((267, 269), (37, 39))
LOWER_LIP_PEAKS = ((314, 405), (84, 181))
# Top and bottom of the mouth: outer and inner edge on the midline, and those with their neighbours.
UPPER_LIP_TOP, UPPER_LIP_BOTTOM = UPPER_LIP_OUTER[4], UPPER_LIP_INNER[4]
LOWER_LIP_TOP, LOWER_LIP_BOTTOM = LOWER_LIP_INNER[4], LOWER_LIP_OUTER[4]

# Chin and outline. The outline runs round the face from the top, by the person's left.
MENTON = 152  # the lowest point of the chin
CHIN_BOSS = (200, 199)  # upper, lower
JAW = ((377, 378, 400), (148, 149, 176))  # beside the chin
OVAL: Points = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    MENTON, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip


def _ring(first: int, there: Points, second: int, back: Points) -> Points:
    return (first, *there, second, *reversed(back))


# Closed outlines: the last point joins the first.
EYES = (
    _ring(EYE_INNER[0], UPPER_LID[0], EYE_OUTER[0], LOWER_LID[0]),
    _ring(EYE_INNER[1], UPPER_LID[1], EYE_OUTER[1], LOWER_LID[1]),
)
BROWS = ((*BROW_UPPER[0], *reversed(BROW_LOWER[0])), (*BROW_UPPER[1], *reversed(BROW_LOWER[1])))
LIPS = (
    _ring(MOUTH_CORNERS[1], UPPER_LIP_OUTER, MOUTH_CORNERS[0], LOWER_LIP_OUTER),
    _ring(MOUTH_INNER_CORNERS[1], UPPER_LIP_INNER, MOUTH_INNER_CORNERS[0], LOWER_LIP_INNER),
)

# What shows a part of the face: brows with eyes, and lips with chin, each of its left and of its right.
UPPER_FACE = tuple(
    (*BROWS[k], EYE_OUTER[k], EYE_INNER[k], *UPPER_LID[k][2:6], *LOWER_LID_MIDDLE[k], LOWER_LID[k][6]) for k in (0, 1)
)
LOWER_FACE = (
    (
        MOUTH_CORNERS[0], *UPPER_LIP_OUTER[5:], *LOWER_LIP_OUTER[5:],
        MOUTH_INNER_CORNERS[0], UPPER_LIP_INNER[7], LOWER_LIP_INNER[7], *JAW[0],
    ),
    (
        MOUTH_CORNERS[1], *UPPER_LIP_OUTER[:4], *LOWER_LIP_OUTER[:4],
        MOUTH_INNER_CORNERS[1], UPPER_LIP_INNER[1], LOWER_LIP_INNER[1], *JAW[1],
    ),
)  # fmt: skip

# The 68 points of Multi-PIE (Gross et al., Image and Vision Computing 2010), as dlib and ROS4HRI count them, from the
# person's right: jaw line, brows, bridge and base of the nose, eyes, outer and inner lips; then the right and the left
# pupil. The mesh has no point at some of them: the nearest is taken.
MULTI_PIE_70: Points = (
    234, 93, 132, 58, 172, 136, 149, 148, MENTON, 377, 378, 365, 397, 288, 361, 323, 454,
    *reversed(BROW_UPPER[1]), *BROW_UPPER[0],
    168, 197, 195, 4, *NOSE_BASE[1:-1],
    EYE_OUTER[1], 160, 158, EYE_INNER[1], 153, 144,
    EYE_INNER[0], 385, 387, EYE_OUTER[0], 373, 380,
    MOUTH_CORNERS[1], 39, 37, 0, 267, 269, MOUTH_CORNERS[0], 405, 314, 17, 84, 181,
    MOUTH_INNER_CORNERS[1], 81, 13, 311, MOUTH_INNER_CORNERS[0], 402, 14, 178,
    PUPILS[1], PUPILS[0],
)  # fmt: skip
