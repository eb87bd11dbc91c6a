/** A TCP proxy on 127.0.0.1 that keeps every byte of both directions: what a relay's operator could have recorded. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";

/** A proxy that listens. */
export interface RecordingProxy {
  readonly url: string;
  /** Where connections lead from now on. */
  readonly leadTo: (url: string) => void;
  /** Everything that passed, one connection and direction after the other. */
  readonly recorded: () => Buffer;
  readonly close: () => void;
}

/** Starts one; its target may be set later, so that the target can know its address first. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const streams: Buffer[][] = [];
  const sockets = new Set<Socket>();
  let target = new URL("http://127.0.0.1:9");
  const record = (from: Socket, to: Socket): void => {
    const chunks: Buffer[] = [];
    streams.push(chunks);
    from.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      to.write(chunk);
    });
    from.on("end", () => to.end());
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroy());
    sockets.add(from);
  };
  const server = createServer((device) => {
    const relay = connect(Number(target.port), target.hostname);
    record(device, relay);
    record(relay, device);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => {
      target = new URL(url);
    },
    recorded: () => Buffer.concat(streams.flat()),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
