/**
 * The live socket: `open` with the token as its first frame, then pages as they come. Credit is given back for what was read,
 * so that the relay never holds more than `window` bytes for this device.
 */
import { parsePage } from "@albumen/core/wire/page.ts";
import type { LiveFrame, LiveRequest } from "@albumen/core/wire/relay-api.ts";
import type { LiveConnection, LiveListener } from "../log/relay-port.ts";

/** The door to sockets: `new WebSocket(url)`. */
export type OpenSocket = (url: string) => WebSocket;

/** Bytes of pages that may be under way at once. */
const window = 8_388_608;

/** Speaks on `socket` until either side ends. */
export function openLive(socket: WebSocket, token: string, after: number, listener: LiveListener): LiveConnection {
  let ended = false;
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    socket.close();
    listener.closed(reason);
  };
  const send = (request: LiveRequest): void => socket.send(JSON.stringify(request));
  socket.binaryType = "arraybuffer";
  socket.onopen = () => send({ type: "open", token, after, credit: window });
  socket.onerror = () => end("the relay cannot be reached");
  socket.onclose = () => end("the relay closed the connection");
  socket.onmessage = ({ data }: { readonly data: unknown }) => {
    if (typeof data === "string") {
      const frame = parseFrame(data);
      if (frame === null) return end("the relay sent a damaged frame");
      if (frame.type === "closed") end(`the relay closed the connection: ${frame.reason}`);
      return;
    }
    if (!(data instanceof ArrayBuffer)) return end("the relay sent a frame of an unknown type");
    const page = parsePage(new Uint8Array(data));
    if (!page.ok) return end(`the relay sent a damaged page: ${page.error.reason}`);
    send({ type: "credit", bytes: data.byteLength });
    listener.page(page.value);
  };
  return { close: () => end("closed by this device") };
}

function parseFrame(text: string): LiveFrame | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "type" in value ? (value as LiveFrame) : null;
  } catch {
    return null;
  }
}
