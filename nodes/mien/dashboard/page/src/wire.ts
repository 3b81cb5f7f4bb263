// Reads the records of wire.py.

export interface Baseline { method: string; confidence: number }
export interface FaceItem { id: number; box: number[]; presence: number; gaze_confidence: number[]; reidentified: boolean; landmarks: Float32Array; pose: Float32Array; gaze: Float32Array }
export interface ExpressionItem { id: number; source: string; baseline: Baseline; blendshapes: Float32Array; confidence: Float32Array }
export interface AffectItem { id: number; emotion_confidence: number; va_confidence: number; method: string; baseline: Baseline; intensity: Float32Array; probability: Float32Array; confidence: Float32Array; emotion: Float32Array; valence: number; arousal: number }
export interface RigItem { id: number; state: string; schema: string; count: number; source: number[]; weights: Float32Array; head: Float32Array; gaze: Float32Array; confidence: Float32Array }
export interface NodeItem { name: string; level: string; message: string; silent: boolean; values: Record<string, string> }
export interface ExplainedItem { id: number; units: [string, number][]; matrix: number[]; anchors: [number, number, number][]; maps: Uint8Array[] }
interface Common { stamp: number; stages: [string, number][] }
export type Rec =
  | { kind: "hello"; version: string; privacy: boolean; normalised: boolean; explains: boolean; control: boolean; namespace: string; avatars: string[]; units: Record<string, string> }
  | { kind: "image"; stamp: number; size: [number, number]; body: Uint8Array }
  | ({ kind: "faces"; size: [number, number]; camera: number[]; items: FaceItem[] } & Common)
  | ({ kind: "expressions"; items: ExpressionItem[] } & Common)
  | ({ kind: "affects"; items: AffectItem[] } & Common)
  | ({ kind: "rigs"; topic: string; items: RigItem[] } & Common)
  | { kind: "rig_description"; topic: string; schema: string; names: string[]; units: string[]; lower: number[]; upper: number[]; neutral: number[] }
  | { kind: "explained"; stamp: number; problem: string; items: ExplainedItem[] }
  | { kind: "labels"; blendshapes: string[]; action_units: string[]; emotions: string[] }
  | { kind: "mesh"; edges: Uint16Array }
  | { kind: "nodes"; nodes: NodeItem[] }
  | { kind: "viewer"; sent: number; dropped: number; viewers: number }
  | { kind: "answer"; number: number; ok: boolean; text: string }
  | { kind: "controls"; [key: string]: unknown };

const text = new TextDecoder();
const CELLS = 24 * 20; // of a heatmap

export function read(buffer: ArrayBuffer): Rec[] {
  const out: Rec[] = [];
  const view = new DataView(buffer);
  let at = 0;
  while (at + 8 <= buffer.byteLength) {
    const head = view.getUint32(at, true);
    const body = view.getUint32(at + 4, true);
    at += 8;
    const said = JSON.parse(text.decode(new Uint8Array(buffer, at, head)));
    at += head;
    out.push(finish(said, buffer, at, body));
    at += body;
  }
  return out;
}

function finish(said: any, buffer: ArrayBuffer, at: number, size: number): Rec {
  if (said.kind === "image") said.body = new Uint8Array(buffer, at, size);
  if (said.kind === "mesh") said.edges = new Uint16Array(buffer, at, said.count * 2);
  if (said.kind === "explained") {
    for (const item of said.items) item.maps = item.units.map(() => new Uint8Array(buffer, (at += CELLS) - CELLS, CELLS));
  } else if (said.items?.length) {
    const floats = new Float32Array(buffer, at, size / 4);
    const each = floats.length / said.items.length;
    let next = 0;
    const take = (n: number) => floats.subarray(next, (next += n));
    for (const item of said.items) {
      if (said.kind === "faces") {
        item.landmarks = take(each - 18); item.pose = take(12); item.gaze = take(6);
      } else if (said.kind === "expressions") {
        item.blendshapes = take(each / 2); item.confidence = take(each / 2);
      } else if (said.kind === "affects") {
        const units = (each - 10) / 3;
        item.intensity = take(units); item.probability = take(units); item.confidence = take(units);
        item.emotion = take(8); item.valence = floats[next++]; item.arousal = floats[next++];
      } else if (said.kind === "rigs") {
        item.weights = take(item.count); item.head = take(4); item.gaze = take(4); item.confidence = take(7);
      }
    }
  }
  return said;
}
