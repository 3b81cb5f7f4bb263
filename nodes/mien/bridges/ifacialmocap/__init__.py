"""iFacialMocap and Facemotion3d: text v1 and v2, and the binary v3 (FMV3)."""
