"""Where the face goes: avatars, applications and robots; and where one comes from without a camera.

A folder per protocol, all behind `base.Bridge`; `registry` lists them, `hub` runs them, `node` brings
them what the graph says.
"""
