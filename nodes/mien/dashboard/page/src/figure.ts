// One avatar: reads a GLB or VRM and plays rigs on it, by the names of shapes, bones and servos.
import { VRMLoaderPlugin, VRMUtils, type VRM } from "@pixiv/three-vrm";
import * as three from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { check } from "./glbcheck";
import type { Pose } from "./rigclock";

const NECK_SHARE = 0.35;
// A VRM without the 52 shapes plays what its presets can: preset, and the shapes whose mean or largest drives it.
const PRESETS: [string, string[]][] = [
  ["blinkLeft", ["eyeBlinkLeft"]], ["blinkRight", ["eyeBlinkRight"]], ["aa", ["jawOpen"]], ["ou", ["mouthPucker"]], ["oh", ["mouthFunnel"]],
  ["happy", ["mouthSmileLeft", "mouthSmileRight"]], ["sad", ["mouthFrownLeft", "mouthFrownRight"]], ["angry", ["browDownLeft", "browDownRight"]],
  ["surprised", ["browInnerUp", "browOuterUpLeft", "browOuterUpRight"]],
];

interface Bone { node: three.Object3D; rest: three.Quaternion; world: three.Quaternion }
interface Servo { node: three.Object3D; name: string; axis: three.Vector3; lower: number; upper: number }

export class Figure {
  readonly scene = new three.Scene();
  readonly camera = new three.PerspectiveCamera(22, 1, 0.01, 50);
  readonly schema: string; // of the rigs that it plays
  readonly shapes: { mesh: three.Mesh; index: Map<string, number> }[] = [];
  private servos: Servo[] = [];
  private head?: Bone;
  private neck?: Bone;
  private eyes: (Bone | undefined)[] = [];
  private expressions?: Map<string, string>; // of a VRM with the 52 shapes, by our name
  private face = new three.Box3();

  private constructor(readonly name: string, readonly root: three.Object3D, private readonly vrm?: VRM) {
    this.scene.add(root);
    this.scene.add(new three.HemisphereLight(0xffffff, 0x8a8f98, 1.6));
    const key = new three.DirectionalLight(0xfff4e6, 2.2), fill = new three.DirectionalLight(0xdfeaff, 0.7);
    key.position.set(0.8, 1.4, 1.6);
    fill.position.set(-1.4, 0.3, 1);
    this.scene.add(key, fill);
    root.updateMatrixWorld(true);
    root.traverse((node) => this.find(node));
    if (vrm) this.bind(vrm);
    this.schema = this.servos.length ? "robot10" : "arkit52";
    this.frame();
  }

  /** Reads a file. Throws an Error that says why it is refused. */
  static async read(name: string, data: ArrayBuffer): Promise<Figure> {
    const json = check(data);
    const manager = new three.LoadingManager();
    manager.setURLModifier((url) => {
      if (/^(blob|data):/.test(url)) return url;
      throw new Error("refers to data outside of itself");
    });
    const loader = new GLTFLoader(manager);
    const isVrm = json.extensions?.VRMC_vrm || json.extensions?.VRM;
    if (isVrm) loader.register((parser) => new VRMLoaderPlugin(parser));
    const gltf = await loader.parseAsync(data, "");
    const vrm = gltf.userData.vrm as VRM | undefined;
    if (vrm) VRMUtils.rotateVRM0(vrm);
    const figure = new Figure(name, vrm?.scene ?? gltf.scene, vrm);
    if (!figure.shapes.length && !figure.servos.length && !vrm) throw new Error("has neither shapes nor servos that could move");
    return figure;
  }

  private find(node: three.Object3D): void {
    const mesh = node as three.Mesh;
    if (mesh.isMesh) {
      mesh.frustumCulled = false;
      if (mesh.morphTargetDictionary && mesh.morphTargetInfluences) {
        this.shapes.push({ mesh, index: new Map(Object.entries(mesh.morphTargetDictionary).map(([n, i]) => [n.toLowerCase(), i])) });
      }
    }
    const joint = node.userData.joint;
    if (joint && typeof joint.name === "string" && Array.isArray(joint.axis)) {
      this.servos.push({ node, name: joint.name, axis: new three.Vector3(...(joint.axis as [number, number, number])).normalize(), lower: Number(joint.lower_rad), upper: Number(joint.upper_rad) });
    }
    if (this.vrm) return;
    const name = node.name.toLowerCase().replace(/[^a-z]/g, "");
    if (/^(head|mixamorighead|jbipchead)$/.test(name)) this.head ??= bone(node);
    if (/^(neck|mixamorigneck|jbipcneck)$/.test(name)) this.neck ??= bone(node);
    if (/^(lefteye|eyeleft|eyel)$/.test(name)) this.eyes[0] ??= bone(node);
    if (/^(righteye|eyeright|eyer)$/.test(name)) this.eyes[1] ??= bone(node);
  }

  private bind(vrm: VRM): void {
    const get = (name: "head" | "neck" | "leftEye" | "rightEye") => {
      const node = vrm.humanoid.getNormalizedBoneNode(name);
      return node ? bone(node) : undefined;
    };
    this.head = get("head"); this.neck = get("neck"); this.eyes = [get("leftEye"), get("rightEye")];
    const there = new Map((vrm.expressionManager?.expressions ?? []).map((e) => [e.expressionName.toLowerCase(), e.expressionName]));
    if (there.has("jawopen")) this.expressions = there;
  }

  /** Puts the camera before the face. */
  private frame(): void {
    const box = new three.Box3();
    if (this.head && !this.servos.length) {
      const at = this.head.node.getWorldPosition(new three.Vector3());
      const all = new three.Box3().setFromObject(this.root), top = all.max.y;
      const height = Math.max(0.12, top - at.y);
      box.setFromCenterAndSize(new three.Vector3(at.x, at.y + 0.36 * height, at.z + 0.05), new three.Vector3(height, 1.75 * height, height));
    } else box.setFromObject(this.root);
    this.face = box;
    this.look(1);
  }

  look(aspect: number): void {
    const size = this.face.getSize(new three.Vector3()), centre = this.face.getCenter(new three.Vector3());
    const tall = Math.max(size.y, (size.x * 1.15) / aspect) * 1.12;
    const far = tall / 2 / Math.tan((this.camera.fov * Math.PI) / 360);
    this.camera.aspect = aspect;
    this.camera.position.set(centre.x, centre.y + 0.02 * tall, centre.z + far + size.z / 2);
    this.camera.lookAt(centre);
    this.camera.near = far / 20; this.camera.far = far * 20;
    this.camera.updateProjectionMatrix();
  }

  /** Plays a rig; `names` are of its weights. */
  play(pose: Pose, names: string[], mirror: boolean, seconds: number): void {
    const value = new Map<string, number>();
    names.forEach((name, i) => value.set((mirror ? swapped(name) : name).toLowerCase(), pose.weights[i]));
    if (this.servos.length) {
      for (const s of this.servos) {
        let angle = value.get(s.name) ?? 0;
        if (mirror && /yaw/.test(s.name)) angle = -angle;
        s.node.quaternion.setFromAxisAngle(s.axis, Math.min(s.upper, Math.max(s.lower, angle)));
      }
      return;
    }
    if (this.vrm) this.express(value);
    else for (const { mesh, index } of this.shapes) for (const [name, i] of index) {
      const v = value.get(name);
      if (v !== undefined) mesh.morphTargetInfluences![i] = v;
    }
    this.turn(pose, mirror);
    this.vrm?.update(seconds);
  }

  private express(value: Map<string, number>): void {
    const manager = this.vrm!.expressionManager;
    if (!manager) return;
    if (this.expressions) {
      for (const [name, v] of value) {
        const own = this.expressions.get(name);
        if (own) manager.setValue(own, v);
      }
      return;
    }
    for (const [preset, shapes] of PRESETS) {
      const mean = shapes.reduce((sum, s) => sum + (value.get(s.toLowerCase()) ?? 0), 0) / shapes.length;
      manager.setValue(preset, mean);
    }
  }

  private turn(pose: Pose, mirror: boolean): void {
    // From x out of the face, y to its left, z up to glTF: x to its left, y up, z out of the face.
    const [x, y, z, w] = pose.head, m = mirror ? -1 : 1;
    const q = new three.Quaternion(y, m * z, m * x, w);
    const part = this.neck ? new three.Quaternion().slerp(q, NECK_SHARE) : new three.Quaternion();
    if (this.neck) set(this.neck, part);
    if (this.head) set(this.head, part.clone().invert().multiply(q));
    const [ly, lp, ry, rp] = pose.gaze;
    const gaze = mirror ? [-ry, rp, -ly, lp] : [ly, lp, ry, rp];
    this.eyes.forEach((eye, i) => { if (eye) set(eye, new three.Quaternion().setFromEuler(new three.Euler(-gaze[2 * i + 1], gaze[2 * i], 0, "YXZ"))); });
  }

  /** The value of a shape in the scene now; undefined where no mesh has it. */
  shape(name: string): number | undefined {
    if (this.vrm && this.expressions) return this.vrm.expressionManager?.getValue(this.expressions.get(name.toLowerCase()) ?? "") ?? undefined;
    for (const { mesh, index } of this.shapes) {
      const i = index.get(name.toLowerCase());
      if (i !== undefined) return mesh.morphTargetInfluences![i];
    }
    return undefined;
  }

  dispose(): void {
    this.root.traverse((node) => {
      const mesh = node as three.Mesh;
      mesh.geometry?.dispose();
      for (const material of [mesh.material].flat()) {
        if (!material) continue;
        for (const v of Object.values(material)) if (v instanceof three.Texture) v.dispose();
        material.dispose();
      }
    });
  }
}

function bone(node: three.Object3D): Bone {
  const world = new three.Quaternion();
  node.parent?.getWorldQuaternion(world);
  return { node, rest: node.quaternion.clone(), world };
}

/** A rotation in the axes of the world, on a bone whose parent is turned. */
function set(b: Bone, q: three.Quaternion): void {
  b.node.quaternion.copy(b.world).invert().multiply(q).multiply(b.world).multiply(b.rest);
}

function swapped(name: string): string {
  return name.replace(/Left|Right|left|right/g, (s) => ({ Left: "Right", Right: "Left", left: "right", right: "left" })[s]!);
}
