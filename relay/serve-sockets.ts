/**
 * WebSockets of the node server, behind the ports of live/. Frames from devices are small: 4 KiB at most.
 *
 * The adapter of hono has a way of its own, which keeps request and context alive as long as the socket: 10,000 idle sockets
 * then took 230 MiB above an empty relay, and 155 MiB this way (Node 24).
 */
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { LiveReader, LiveSocket } from "./live/socket.ts";
import type { Upgrade } from "./routes/live.ts";

/** Takes a request as the app does; `incoming` tells it who asks. */
export type Answer = (request: Request, env: { readonly incoming: IncomingMessage }) => Response | Promise<Response>;

/** The server's half of WebSockets. */
export interface Sockets {
  readonly upgrade: Upgrade;
  /** From now on asks `answer` about upgrade requests, and opens a socket where `upgrade` agreed to one. */
  readonly attach: (server: Server, answer: Answer) => void;
  /** Ends those that did not go when told to. */
  readonly terminate: () => void;
}

type Open = (socket: LiveSocket) => LiveReader;

/** No sockets yet. */
export function createSockets(): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  const agreed = new WeakMap<IncomingMessage, Open>();
  return {
    upgrade: (connect) => async (request) => {
      const { incoming }: { readonly incoming: IncomingMessage } = request.env;
      agreed.set(incoming, connect(request));
      return new Response();
    },
    attach: (server, answer) => {
      const take = async (incoming: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
        stream.on("error", destroyStream);
        const response = await askApp(incoming, answer);
        const open = agreed.get(incoming);
        if (open === undefined || stream.destroyed) return refuseUpgrade(stream, response);
        stream.off("error", destroyStream);
        sockets.handleUpgrade(incoming, stream, head, (socket) => connectReader(socket, open));
      };
      server.on("upgrade", (incoming, stream, head) => void take(incoming, stream, head).catch(() => stream.destroy()));
    },
    terminate: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function destroyStream(this: Duplex): void {
  this.destroy();
}

async function askApp(incoming: IncomingMessage, answer: Answer): Promise<Response> {
  try {
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return await answer(new Request(new URL(incoming.url ?? "/", "http://relay"), { headers }), { incoming });
  } catch {
    return new Response(null, { status: 400 });
  }
}

async function refuseUpgrade(stream: Duplex, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const status = response.ok ? 400 : response.status;
  const fields = ["content-type", "retry-after"].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "connection: close",
    `content-length: ${body.length}`,
    ...fields,
  ];
  stream.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
}

function connectReader(socket: WebSocket, open: Open): void {
  const reader = open(toLiveSocket(socket));
  socket.on("pong", reader.alive);
  socket.on("message", (data, isBinary) => {
    if (isBinary) reader.end("devices send text frames only");
    else reader.receive(String(data));
  });
  socket.on("close", reader.gone);
  socket.on("error", reader.gone);
}

function toLiveSocket(socket: WebSocket): LiveSocket {
  return {
    send: (frame) =>
      new Promise((resolve) => socket.send(frame, (failure) => resolve(failure === undefined || failure === null))),
    ping: () => socket.ping(),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}
