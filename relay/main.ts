/** `node relay/main.ts --data DIR --port N [--host HOST] [--origin URL] [--web DIR] [--trust-proxy]`: the relay as a program. */
import { parseArgs } from "node:util";
import { RelayStartError, startRelay } from "./serve.ts";

const usage = "usage: node relay/main.ts --data DIR --port N [--host HOST] [--origin URL] [--web DIR] [--trust-proxy]";

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const fail = (line: string, code: number): never => {
  say(line);
  process.exit(code);
};

const readArguments = () => {
  try {
    return parseArgs({
      options: {
        data: { type: "string" },
        port: { type: "string" },
        host: { type: "string" },
        origin: { type: "string" },
        web: { type: "string" },
        "trust-proxy": { type: "boolean" },
      },
    }).values;
  } catch (cause) {
    return fail(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, 2);
  }
};

const { data, port, host, origin, web, "trust-proxy": trustProxy = false } = readArguments();
if (data === undefined || port === undefined || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) fail(usage, 2);
const optional = { ...(host && { host }), ...(origin && { origin }), ...(web && { web }) };
const relay = await startRelay({ data: data ?? "", port: Number(port), trustProxy, log: say, ...optional }).catch(
  (cause: unknown) => {
    if (cause instanceof RelayStartError) return fail(cause.message, 1);
    throw cause;
  },
);
say(`the relay listens on ${relay.url}`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void relay.close());
