// Looks at a file before three.js does: what is hostile or too large is refused by name.

export const MOST_BYTES = 64 * 1024 * 1024;
const MOST_JSON = 16 * 1024 * 1024, MOST_ITEMS = 20_000, MOST_VALUES = 40_000_000, MOST_PIXELS = 8192 * 8192;
const SIZES: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };
const BYTES: Record<number, number> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const KNOWN = new Set([
  "KHR_materials_unlit", "KHR_texture_transform", "KHR_mesh_quantization", "KHR_materials_emissive_strength", "KHR_materials_specular",
  "KHR_materials_ior", "KHR_materials_clearcoat", "KHR_materials_sheen", "EXT_texture_webp", "VRM", "VRMC_vrm", "VRMC_materials_mtoon",
  "VRMC_springBone", "VRMC_node_constraint", "VRMC_materials_hdr_emissiveMultiplier",
]);

/** The JSON of a binary glTF that may be read. Throws an Error that says why it may not. */
export function check(data: ArrayBuffer): any {
  const view = new DataView(data);
  if (data.byteLength > MOST_BYTES) throw new Error(`larger than ${MOST_BYTES >> 20} MiB`);
  if (data.byteLength < 20 || view.getUint32(0, true) !== 0x46546c67) throw new Error("no GLB or VRM file");
  if (view.getUint32(4, true) !== 2) throw new Error("not glTF 2.0");
  if (view.getUint32(8, true) !== data.byteLength) throw new Error("cut off, or longer than it says");
  const size = view.getUint32(12, true);
  if (view.getUint32(16, true) !== 0x4e4f534a || size > MOST_JSON || 20 + size > data.byteLength) throw new Error("its JSON is missing or too large");
  let json: any;
  try { json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(data, 20, size))); } catch { throw new Error("its JSON cannot be read"); }
  if (typeof json !== "object" || json === null) throw new Error("its JSON is no object");
  let binary = 0, start = 20 + size;
  if (start + 8 <= data.byteLength) {
    binary = view.getUint32(start, true);
    if (view.getUint32(start + 4, true) !== 0x004e4942 || start + 8 + binary > data.byteLength) throw new Error("its binary part is cut off");
    start += 8;
  }
  for (const name of ["nodes", "meshes", "accessors", "bufferViews", "images", "textures", "materials", "skins", "buffers", "scenes", "animations"]) {
    const items = json[name] ?? [];
    if (!Array.isArray(items) || items.length > MOST_ITEMS) throw new Error(`too many ${name}`);
    if (items.some((i) => typeof i !== "object" || i === null)) throw new Error(`${name} are no objects`);
  }
  const unknown = (json.extensionsRequired ?? []).filter((e: string) => !KNOWN.has(e));
  if (unknown.length) throw new Error(`needs ${unknown.join(", ")}`);
  buffers(json, binary);
  views(json, binary);
  accessors(json);
  images(json, data, start);
  tree(json);
  return json;
}

const whole = (v: any, least = 0) => Number.isInteger(v) && v >= least;

function buffers(json: any, binary: number): void {
  const all = json.buffers ?? [];
  if (all.length > 1 || all.some((b: any) => b.uri !== undefined)) throw new Error("refers to data outside of itself");
  if (all.length && !(whole(all[0].byteLength) && all[0].byteLength <= binary)) throw new Error("its buffer is longer than the file");
}

function views(json: any, binary: number): void {
  for (const v of json.bufferViews ?? []) {
    if (v.buffer !== 0 || !whole(v.byteOffset ?? 0) || !whole(v.byteLength) || (v.byteOffset ?? 0) + v.byteLength > binary) throw new Error("a part lies outside of the file");
    if (v.byteStride !== undefined && !(whole(v.byteStride, 1) && v.byteStride <= 252)) throw new Error("a stride is impossible");
  }
}

function accessors(json: any): void {
  let total = 0;
  const fits = (view: any, offset: number, count: number, each: number) => {
    const v = (json.bufferViews ?? [])[view];
    if (!v || !whole(offset) || offset + (count ? (count - 1) * (v.byteStride ?? each) + each : 0) > v.byteLength) throw new Error("numbers lie outside of their part");
  };
  for (const a of json.accessors ?? []) {
    const parts = SIZES[a.type], bytes = BYTES[a.componentType];
    if (!parts || !bytes || !whole(a.count)) throw new Error("numbers of an unknown kind");
    total += a.count * parts;
    if (total > MOST_VALUES) throw new Error("too many numbers: more than 40 million");
    if (a.bufferView !== undefined) fits(a.bufferView, a.byteOffset ?? 0, a.count, parts * bytes);
    const s = a.sparse;
    if (s) {
      if (!whole(s.count) || s.count > a.count || !BYTES[s.indices?.componentType]) throw new Error("sparse numbers are impossible");
      fits(s.indices.bufferView, s.indices.byteOffset ?? 0, s.count, BYTES[s.indices.componentType]);
      fits(s.values?.bufferView, s.values?.byteOffset ?? 0, s.count, parts * bytes);
    }
  }
}

function images(json: any, data: ArrayBuffer, start: number): void {
  for (const image of json.images ?? []) {
    if (image.uri !== undefined) throw new Error("refers to a picture outside of itself");
    const v = (json.bufferViews ?? [])[image.bufferView];
    if (!v) throw new Error("a picture is missing");
    const head = new Uint8Array(data, start + (v.byteOffset ?? 0), v.byteLength);
    const size = pixels(new DataView(head.buffer, head.byteOffset, head.byteLength));
    if (size === undefined) throw new Error("a picture is neither PNG, JPEG nor WebP");
    if (size > MOST_PIXELS) throw new Error("a picture is too large");
  }
}

/** Width × height as the head of a picture says; undefined of an unknown kind, or where it is cut off. */
function pixels(v: DataView): number | undefined {
  if (v.byteLength < 30) return undefined;
  if (v.getUint32(0) === 0x89504e47) return v.getUint32(16) * v.getUint32(20);
  if (v.getUint32(0) === 0x52494646 && v.getUint32(8) === 0x57454250) return webpPixels(v);
  if (v.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= v.byteLength && v.getUint8(at) === 0xff;) {
    const marker = v.getUint8(at + 1);
    if (marker === 0xff) { at++; continue; } // fill
    // SOF0 to SOF15, without the tables of Huffman (C4) and arithmetic codes (CC), and C8, which is reserved.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return v.getUint16(at + 5) * v.getUint16(at + 7);
    at += 2 + v.getUint16(at + 2);
  }
  return undefined;
}

/** Of the three kinds of first chunk. */
function webpPixels(v: DataView): number | undefined {
  const low24 = (at: number) => v.getUint32(at - 1, true) >>> 8;
  switch (v.getUint32(12)) {
    case 0x56503858: return (1 + low24(24)) * (1 + low24(27)); // VP8X
    case 0x5650384c: return (1 + (v.getUint32(21, true) & 0x3fff)) * (1 + ((v.getUint32(21, true) >>> 14) & 0x3fff)); // VP8L
    case 0x56503820: return (v.getUint16(26, true) & 0x3fff) * (v.getUint16(28, true) & 0x3fff); // VP8
    default: return undefined;
  }
}

/** Nodes form trees: one that is its own ancestor would never end. */
function tree(json: any): void {
  const nodes = json.nodes ?? [], parent = new Int32Array(nodes.length).fill(-1);
  nodes.forEach((n: any, i: number) => {
    for (const child of n.children ?? []) {
      if (!whole(child) || child >= nodes.length || parent[child] !== -1 || child === i) throw new Error("its nodes form no tree");
      parent[child] = i;
    }
  });
  for (let i = 0; i < nodes.length; i++) {
    let at = i, steps = 0;
    while ((at = parent[at]) !== -1) if (++steps > 512) throw new Error("its nodes form no tree, or one too deep");
  }
}
