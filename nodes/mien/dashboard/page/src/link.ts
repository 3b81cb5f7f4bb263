// The web socket: opens, opens again, and says how it stands.
import { read, type Rec } from "./wire";

export type LinkState = "live" | "wait" | "lost" | "refused";
const AGAIN_MS = 1000;
const SECRET = "mien-token";
const REFUSALS: Record<number, string> = {
  4401: "This page needs the token: open the address that mien dashboard prints.",
  4429: "Too many viewers look already (dashboard.viewers).",
};

/** The token stands behind # once; it is kept for this tab and taken out of the address bar. */
export function takeToken(): string {
  const found = new URLSearchParams(location.hash.slice(1)).get("token");
  if (found) {
    sessionStorage.setItem(SECRET, found);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(SECRET) ?? "";
}

export class Link {
  private socket?: WebSocket;
  private calls = new Map<number, (answer: { ok: boolean; text: string }) => void>();
  private number = 0;
  private wants: { avatars?: string[]; targets?: string[]; explain?: boolean } = {};

  constructor(
    private readonly hear: (record: Rec) => void,
    private readonly told: (state: LinkState, words: string) => void,
    private readonly token = takeToken(),
  ) {
    this.open();
  }

  /** Tell the server what is looked at: schemas that avatars play or whose targets are read, explanations. */
  want(part: Link["wants"]): void {
    this.wants = { ...this.wants, ...part };
    const schemas = [...new Set([...(this.wants.avatars ?? []), ...(this.wants.targets ?? [])])];
    this.send({ kind: "want", schemas, explain: this.wants.explain ?? false });
  }

  /** Ask the server to do something. */
  call(what: string, given: object): Promise<{ ok: boolean; text: string }> {
    return new Promise((resolve) => {
      if (this.socket?.readyState !== WebSocket.OPEN) return resolve({ ok: false, text: "not connected" });
      this.calls.set(++this.number, resolve);
      this.send({ kind: "call", number: this.number, what, with: given });
    });
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private open(): void {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      this.send({ kind: "open", token: this.token });
      this.want({}); // told again after a loss
    };
    socket.onmessage = (event) => {
      for (const record of read(event.data as ArrayBuffer)) {
        if (record.kind === "hello") this.told("live", "live");
        if (record.kind === "answer") {
          this.calls.get(record.number)?.(record);
          this.calls.delete(record.number);
        } else this.hear(record);
      }
    };
    socket.onclose = (event) => {
      for (const resolve of this.calls.values()) resolve({ ok: false, text: "the connection was lost" });
      this.calls.clear();
      const refusal = REFUSALS[event.code];
      if (refusal) this.told("refused", refusal);
      else {
        this.told("lost", "The dashboard does not answer; trying again every second.");
        setTimeout(() => this.open(), AGAIN_MS);
      }
    };
  }
}
