"""Batches of pictures in torch: those of the CPU renderer, and gradients that finite differences confirm."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models.head import Head, Identity, head_pose, torso_pose
from mien_models.head.appearance.occluders import Occluder, occlude
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.model.pose import FRONTAL
from mien_models.head.motion.sampler import Sampler
from mien_models.head.motion.split import split_of
from mien_models.head.pictures.studio import person
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render.scene import sample_background, sample_lighting
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.spaces.arkit import BLENDSHAPES

pytest.importorskip("numba", reason="drawing on the CPU needs numba")
torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.head.model.in_torch import TorchHead  # noqa: E402
from mien_models.head.pictures.torch_batches import BatchConfig, batches  # noqa: E402
from mien_models.head.render_torch.batch import Settings  # noqa: E402
from mien_models.head.render_torch.light import Lights  # noqa: E402
from mien_models.head.render_torch.renderer import TorchRenderer  # noqa: E402

F64 = NDArray[np.float64]

# Every kind of layer, and of what is held.
CAST = (
    (Appearance(seed=1, hair=HairStyle.BALD, glasses=True, creases=0.9), Occluder.NONE),
    (Appearance(seed=2, hair=HairStyle.LONG, lashes=1.0), Occluder.HAND),
    (Appearance(seed=3, hair=HairStyle.CURLY, glasses=True, beard=0.8), Occluder.MASK),
    (Appearance(seed=4, hair=HairStyle.SHORT, fringe=0.8), Occluder.CUP),
)


@pytest.fixture(scope="module")
def cpu(head: Head) -> CpuRenderer:
    return CpuRenderer(head, small=True)


class Shoot(NamedTuple):
    """Arguments of the CPU renderer, picture by picture."""

    heads: list[PaintedHead]
    vertices: list[F64]
    poses: list[F64]
    settings: list[Setting]
    weights: list[F64]


@pytest.fixture(scope="module")
def shoot(head: Head, cpu: CpuRenderer) -> Shoot:
    rng = np.random.default_rng(0)
    found = Shoot(*([] for _ in Shoot._fields))
    for i, (appearance, what) in enumerate(CAST):
        pose = head_pose(rng.normal(0, 0.4), rng.normal(0, 0.2), rng.normal(0, 0.1), (0, -0.02, rng.uniform(0.35, 0.6)))
        weights = np.zeros(len(BLENDSHAPES))
        weights[rng.choice(len(weights), 6, replace=False)] = rng.uniform(0.2, 1, 6)
        camera = Camera.from_fov(96, 80, rng.uniform(25, 35))
        lighting = sample_lighting(np.random.default_rng(i))
        vertices = head.vertices(Identity.sample(rng), weights, pose=pose, torso=torso_pose(pose))
        setting = Setting(
            camera=camera,
            lighting=lighting,
            background=sample_background(rng, camera),
            held=occlude(cpu.surface, what, i),
        )
        values = (cpu.paint(appearance), vertices, pose, setting, weights)
        for column, value in zip(found, values, strict=True):
            column.append(value)
    return found


def arguments(renderer: TorchRenderer, shoot: Shoot, *chosen: int) -> tuple[Any, ...]:
    """The same for the torch renderer."""

    def stacked(values: list[Any]) -> Any:
        return torch.as_tensor(np.array([values[i] for i in chosen]), device=renderer.device)

    settings = [shoot.settings[i] for i in chosen]
    heads = renderer.stack([shoot.heads[i] for i in chosen], [setting.held for setting in settings])
    batch = Settings(
        renderer.cameras([setting.camera for setting in settings]),
        renderer.lights([setting.lighting for setting in settings]),
        torch.as_tensor(np.array([setting.background for setting in settings]), device=renderer.device),
    )
    who = torch.arange(len(chosen), device=renderer.device)
    return heads, who, stacked(shoot.vertices), stacked(shoot.poses), batch, stacked(shoot.weights)


def test_pictures_are_those_of_the_cpu_renderer(cpu: CpuRenderer, shoot: Shoot) -> None:
    """Within one level on 99.9 % of the pixels; numba may round otherwise on other machines."""
    assert any(setting.lighting.hard > 0 for setting in shoot.settings)
    renderer = TorchRenderer(cpu)
    found = renderer.render(*arguments(renderer, shoot, 0, 1, 2, 3))
    for i, values in enumerate(zip(*shoot, strict=True)):
        expected = cpu.render(*values)
        assert (expected.triangle >= 0).mean() > 0.2
        apart = np.abs(found.image[i].numpy().astype(int) - expected.image).max(2)
        assert (apart <= 1).mean() > 0.999
        assert (found.triangle[i].numpy() == expected.triangle).mean() > 0.999
        assert np.median(np.abs(found.depth[i].numpy() - expected.depth)) < 1e-6


def test_a_picture_is_the_same_alone_and_in_company(cpu: CpuRenderer, shoot: Shoot) -> None:
    renderer = TorchRenderer(cpu)
    together = renderer.render(*arguments(renderer, shoot, 0, 1, 3)).image
    alone = renderer.render(*arguments(renderer, shoot, 1), image_only=True).image
    assert (together[1].int() - alone[0].int()).abs().max() <= 1


def test_people_can_be_replaced(cpu: CpuRenderer, shoot: Shoot) -> None:
    """Somebody who wears more takes a place, then somebody who wears less."""
    renderer = TorchRenderer(cpu)
    heads, who, *rest = arguments(renderer, shoot, 0, 3)
    for newcomer in (1, 0):
        new = renderer.stack([shoot.heads[newcomer]], [shoot.settings[newcomer].held])
        heads = heads.replaced(0, new)
        expected, _, *rest = arguments(renderer, shoot, newcomer, 3)
        apart = renderer.render(heads, who, *rest).image.int() - renderer.render(expected, who, *rest).image.int()
        assert apart.abs().max() <= 1


def test_soft_pictures_look_like_the_others(cpu: CpuRenderer, shoot: Shoot) -> None:
    renderer = TorchRenderer(cpu)
    values = arguments(renderer, shoot, 0, 1, 2, 3)
    apart = 255 * renderer.soft(*values) - renderer.render(*values).image
    assert apart.abs().mean() < 2


# --- gradients -------------------------------------------------------------------------------------

SIZE = 48
# How far finite differences reach to either side: about a pixel. Lids and mouths have parts that are smaller
# than a sample, whose own slopes are those of noise; four samples across a pixel and a blur even it out.
STEPS = {"code": 0.1, "weights": 0.04, "eyes": 0.1, "turn": 0.02, "at": 0.003}
SAMPLES, BLUR = 4, 7
LIGHT = {"directions": 1e-6, "colours": 1e-6, "around": 1e-6}


class Fit:
    """A smooth number of soft pictures, as a function of all parameters of head and light."""

    def __init__(self, head: Head, cpu: CpuRenderer, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self._renderer = TorchRenderer(cpu, dtype=torch.float64)
        self._head = TorchHead(head.data)
        self._heads = self._renderer.stack([Appearance(seed=seed, hair=HairStyle.SHORT, glasses=seed == 1)])
        knots = torch.tensor(rng.normal(size=(1, 3, 4, 4)))
        self._weigh = torch.nn.functional.interpolate(knots, (SIZE, SIZE), mode="bicubic").permute(0, 2, 3, 1)
        knots = torch.tensor(rng.uniform(0.2, 0.8, (1, 3, 4, 4)))
        self._behind = torch.nn.functional.interpolate(knots, (SIZE, SIZE), mode="bilinear").permute(0, 2, 3, 1)
        # Drawn by name, so that a face stays the same in whatever order shapes are.
        weights = rng.uniform(0.1, 0.2, len(BLENDSHAPES))[[sorted(BLENDSHAPES).index(name) for name in BLENDSHAPES]]
        # The lips touch nowhere: there, closing them is another function than opening them.
        weights[head.index(["jawOpen", "mouthClose"])] = 0.4, 0.1
        directions = np.array([[0.3, -0.5, -0.8], [-0.6, 0.1, -0.8]])
        self.start = {
            "code": Identity.sample(rng).code + 0.0,
            "weights": weights,
            # Looking up and down, or in and out, are different shapes: they meet at 0 in a kink.
            "eyes": rng.choice([-1, 1], 2) * rng.uniform(0.25, 0.35, (2, 2)),
            "turn": rng.normal(0, 0.2, 3),
            "at": np.array([0.0, -0.02, 0.42]) + rng.normal(0, 0.01, 3),
            "directions": directions / np.linalg.norm(directions, axis=1, keepdims=True),
            "colours": rng.uniform(0.4, 1.0, (2, 3)),
            "around": Lighting.studio().around,
        }

    def __call__(self, values: dict[str, Any]) -> Any:
        """(B,) numbers of parameters (B, ...)."""
        image = self.image(values)
        return (image * self._weigh).sum((1, 2, 3))

    def image(self, values: dict[str, Any], samples: int = 2, fov_deg: float = 24) -> Any:
        turn = values["turn"]
        batch, zero = len(turn), torch.zeros(len(turn), dtype=torch.float64)
        spin = torch.stack(
            [zero, -turn[:, 2], turn[:, 1], turn[:, 2], zero, -turn[:, 0], -turn[:, 1], turn[:, 0], zero], 1
        )
        rotation = torch.linalg.matrix_exp(spin.view(-1, 3, 3)) @ torch.tensor(FRONTAL)
        last = torch.tensor([[[0.0, 0, 0, 1]]], dtype=torch.float64).expand(batch, -1, -1)
        pose = torch.cat([torch.cat([rotation, values["at"][..., None]], 2), last], 1)
        vertices = self._head.vertices(values["code"], values["weights"], values["eyes"], pose)
        settings = Settings(
            self._renderer.cameras([Camera.from_fov(SIZE, SIZE, fov_deg)] * batch),
            Lights(values["directions"], values["colours"], values["around"], zero),
            self._behind.expand(batch, -1, -1, -1),
        )
        who = torch.zeros(batch, dtype=torch.int64)
        return self._renderer.soft(self._heads, who, vertices, pose, settings, values["weights"], samples)


@pytest.fixture(scope="module")
def fits(head: Head, cpu: CpuRenderer) -> list[Fit]:
    return [Fit(head, cpu, seed) for seed in range(3)]


def directions(fit: Fit, name: str, count: int, seed: int) -> Any:
    """Random ones of a parameter."""
    along = torch.tensor(np.random.default_rng(seed).normal(size=(count, *fit.start[name].shape)))
    if name == "code":
        along[:, 2:5] = 0  # shares, which sum to 1
    along /= along.pow(2).flatten(1).mean(1).sqrt().view(-1, *[1] * (along.ndim - 1))
    if name == "at":
        along[:, 2] *= 4  # as much of a change
    return along


def rates(fit: Fit, name: str, along: Any) -> tuple[Any, Any]:
    """How fast each pixel changes: by gradients, and by differences over several steps."""
    start = {key: torch.tensor(value)[None] for key, value in fit.start.items()}
    moving = start[name].clone().requires_grad_()
    image = fit.image({**start, name: moving}, SAMPLES)
    # The gradient of a weighed sum of pixels is linear in the weights; its derivative is what each contributes.
    weigh = torch.zeros_like(image, requires_grad=True)
    (gradient,) = torch.autograd.grad(image, moving, weigh, create_graph=True)
    (by_gradient,) = torch.autograd.grad((gradient * along).sum(), weigh)
    with torch.no_grad():
        far = STEPS[name] * torch.tensor([0.6, 1.0], dtype=torch.float64)
        places = start[name] + torch.cat([far, -far]).view(-1, *[1] * fit.start[name].ndim) * along
        many = {key: value.expand(len(places), *value.shape[1:]) for key, value in start.items()}
        ahead, back = fit.image({**many, name: places}, SAMPLES).chunk(2)
        by_difference = ((ahead - back) / (2 * far[:, None, None, None])).mean(0, keepdim=True)
    return blurred(by_gradient, BLUR, 1), blurred(by_difference, BLUR, 1)


def blurred(image: Any, size: int, step: int) -> Any:
    return torch.nn.functional.avg_pool2d(image.permute(0, 3, 1, 2), size, step)


@pytest.mark.parametrize("name", STEPS)
def test_gradients_of_the_head(fits: list[Fit], name: str) -> None:
    """Pixel by pixel, of several people in random directions; all of them together more surely than each."""
    found = [rates(fit, name, directions(fit, name, 1, seed)[0]) for seed, fit in enumerate(fits)]
    for by_gradient, by_difference in found:
        assert cosine(by_gradient, by_difference) > 0.8
    by_gradient, by_difference = (torch.cat(maps) for maps in zip(*found, strict=True))
    assert cosine(by_gradient, by_difference) > 0.9
    assert float(by_gradient.norm()) == pytest.approx(float(by_difference.norm()), rel=0.3)


def cosine(a: Any, b: Any) -> float:
    return float((a * b).sum() / a.norm() / b.norm())


@pytest.mark.parametrize("name", LIGHT)
def test_gradients_of_light(fits: list[Fit], name: str) -> None:
    fit = fits[0]
    start = {key: torch.tensor(value)[None] for key, value in fit.start.items()}
    moving = start[name].clone().requires_grad_()
    (gradient,) = torch.autograd.grad(fit({**start, name: moving}).sum(), moving)
    for along in directions(fit, name, 2, 0):
        with torch.no_grad():
            places = start[name] + LIGHT[name] * torch.stack([along, -along])
            many = {key: value.expand(2, *value.shape[1:]) for key, value in start.items()}
            ahead, back = fit({**many, name: places})
        assert float((gradient[0] * along).sum()) == pytest.approx(float(ahead - back) / (2 * LIGHT[name]), rel=1e-4)


def test_fitting_finds_pose_and_expression(fits: list[Fit], head: Head) -> None:
    """From a start nearby, by gradients through the picture."""
    fit = fits[0]
    open_, left, right = head.index(["jawOpen", "mouthSmileLeft", "mouthSmileRight"])
    start = {key: torch.tensor(value)[None] for key, value in fit.start.items()}

    def values(yaw: Any, jaw: Any, smile: Any) -> dict[str, Any]:
        weights = start["weights"].clone()
        weights[0, open_], weights[0, left], weights[0, right] = jaw, smile, smile
        turn = start["turn"].clone()
        turn[0, 1] = yaw
        return {**start, "weights": weights, "turn": turn}

    truth = (0.1, 0.55, 0.5)
    with torch.no_grad():
        target = blurred(fit.image(values(*truth), samples=1, fov_deg=18), 4, 2)
    guess = torch.tensor([0.0, 0.4, 0.25], dtype=torch.float64, requires_grad=True)
    adam = torch.optim.Adam([guess], lr=0.06)
    plan = torch.optim.lr_scheduler.CosineAnnealingLR(adam, 60)
    for _ in range(60):
        adam.zero_grad()
        (blurred(fit.image(values(*guess), samples=1, fov_deg=18), 4, 2) - target).abs().mean().backward()
        adam.step()
        plan.step()
    yaw, jaw, smile = guess.detach().tolist()
    assert yaw == pytest.approx(truth[0], abs=0.02)
    assert jaw == pytest.approx(truth[1], abs=0.06)
    assert smile == pytest.approx(truth[2], abs=0.12)


# --- batches ---------------------------------------------------------------------------------------


SMALL = BatchConfig(
    seed=3, split="val", batch=4, size=64, people=2, renew_every=1, expressions=16, poses=16, lights=4, backgrounds=2
)


def test_a_batch_follows_from_its_number(cpu: CpuRenderer) -> None:
    renderer = TorchRenderer(cpu)
    running = batches(SMALL, renderer)
    third = [next(running) for _ in range(3)][2]
    again = next(batches(SMALL, renderer, first=2))
    for mine, other in zip(third, again, strict=True):
        torch.testing.assert_close(mine, other, atol=1, rtol=0)
    np.testing.assert_array_equal(third.person, again.person)


def test_truth_is_that_of_the_pictures(head: Head, cpu: CpuRenderer) -> None:
    """Expressions are the sampler's, people those of the split, landmarks where the camera sees them."""
    renderer = TorchRenderer(cpu)
    batch = next(batches(SMALL, renderer))
    assert batch.image.shape == (4, 3, 64, 64)
    assert all(split_of(int(seed)) == "val" for seed in batch.person)
    samples = Sampler(SMALL.seed).take(0, SMALL.expressions)
    np.testing.assert_allclose(batch.shapes, samples.shapes[batch.expression], atol=1e-6)
    np.testing.assert_allclose(batch.units, samples.units[batch.expression], atol=1e-6)
    inside = (batch.landmarks[..., :2] > -10) & (batch.landmarks[..., :2] < 74)
    assert inside.float().mean() > 0.95
    for i in range(4):
        weights = batch.shapes[i].numpy()
        pose = batch.pose[i].numpy()
        code = batch.identity[i].numpy().astype(float)
        mobility = person(int(batch.person[i]))[1].mobility
        face = head.vertices(code, weights, batch.eyes[i].numpy(), pose, torso_pose(pose), mobility=mobility)
        points = Landmarks()(face)
        fx, fy, cx, cy = batch.camera[i].numpy()
        expected = points[:, :2] / points[:, 2:] * (fx, fy) + (cx, cy)
        # Inner brows may be raised by side.
        assert np.median(np.abs(batch.landmarks[i, :, :2].numpy() - expected)) < 0.01


@pytest.mark.parametrize("values", [{"batch": 0}, {"occluded": 1.5}, {"nearest_m": 2.0, "farthest_m": 1.0}])
def test_configs_out_of_range_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(values))):
        BatchConfig(**values)
