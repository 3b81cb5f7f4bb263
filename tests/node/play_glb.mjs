// three.js: plays the first animation of a GLB, and prints what it shows at the times given [s] as JSON.
import { readFile } from "node:fs/promises";
import { AnimationMixer, Quaternion, Texture, Vector3 } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

const [, , path, ...times] = process.argv;
const data = await readFile(path);
const loader = new GLTFLoader();
// Node decodes no pictures, and none is looked at.
loader.register(() => ({ name: "no_pictures", loadTexture: () => Promise.resolve(new Texture()) }));
const buffer = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
const gltf = await loader.parseAsync(buffer, "");
const mixer = new AnimationMixer(gltf.scene);
mixer.clipAction(gltf.animations[0]).play();

const meshes = [];
gltf.scene.traverse((object) => object.morphTargetInfluences && meshes.push(object));
const shown = times.map((time) => {
  mixer.setTime(Number(time));
  gltf.scene.updateMatrixWorld(true);
  const turns = ["head", "leftEye", "rightEye"].map((name) => {
    const node = gltf.scene.getObjectByName(name);
    // Where its front looks in the world: x to the avatar's left, y up, z forward.
    return [name, new Vector3(0, 0, 1).applyQuaternion(node.getWorldQuaternion(new Quaternion())).toArray()];
  });
  const morphs = meshes.map((mesh) =>
    Object.fromEntries(Object.entries(mesh.morphTargetDictionary).map(([n, i]) => [n, mesh.morphTargetInfluences[i]])),
  );
  return { morphs, ...Object.fromEntries(turns) };
});
console.log(JSON.stringify({ duration: gltf.animations[0].duration, meshes: meshes.length, shown }));
