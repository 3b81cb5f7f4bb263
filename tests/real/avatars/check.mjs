// Prints, as JSON, what Khronos' validator says about files, and what three-vrm reads from those that are VRM.
import { readFileSync } from "node:fs";
import validator from "gltf-validator";

globalThis.self = globalThis;
globalThis.createImageBitmap ??= async () => ({ width: 1, height: 1, close() {} });
const { GLTFLoader } = await import("three/addons/loaders/GLTFLoader.js");
const { VRMLoaderPlugin } = await import("@pixiv/three-vrm");

async function validate(bytes) {
  const { issues } = await validator.validateBytes(bytes);
  return { errors: issues.numErrors, warnings: issues.numWarnings, messages: issues.messages.map((m) => `${m.code} ${m.pointer}`) };
}

async function load(bytes) {
  const loader = new GLTFLoader();
  loader.register((parser) => new VRMLoaderPlugin(parser));
  const { vrm } = (await loader.parseAsync(bytes.buffer, "")).userData;
  const faces = [];
  vrm.scene.traverse((node) => node.morphTargetDictionary && faces.push(node));
  const names = Object.keys(faces[0].morphTargetDictionary);
  const play = (weights) => {
    vrm.expressionManager.resetValues();
    for (const [name, weight] of Object.entries(weights)) vrm.expressionManager.setValue(name, weight);
    vrm.expressionManager.update();
    return Object.fromEntries(names.map((name, i) => [name, faces[0].morphTargetInfluences[i]]).filter(([, w]) => w > 0));
  };
  const eye = vrm.humanoid.getNormalizedBoneNode("leftEye");
  vrm.lookAt.applier.applyYawPitch(90, 0);
  return {
    names, surfaces: faces.length, bones: Object.keys(vrm.humanoid.humanBones), licence: vrm.meta.otherLicenseUrl,
    expressions: Object.fromEntries(Object.keys(vrm.expressionManager.expressionMap).map((name) => [name, play({ [name]: 1 })])),
    gaze: eye.rotation.y,
  };
}

const results = {};
for (const path of process.argv.slice(2)) {
  const bytes = new Uint8Array(readFileSync(path));
  results[path] = await validate(bytes);
  if (path.endsWith(".vrm")) results[path].vrm = await load(bytes);
}
console.log(JSON.stringify(results));
