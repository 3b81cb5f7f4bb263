// Khronos' validator: prints its report of a GLB as JSON.
import { readFile } from "node:fs/promises";
import validator from "gltf-validator";

const data = new Uint8Array(await readFile(process.argv[2]));
const report = await validator.validateBytes(data, { maxIssues: 50 });
console.log(JSON.stringify(report.issues));
