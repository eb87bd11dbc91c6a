/** `albumen relay`: a relay in this process until Ctrl-C. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { wrong } from "../error.ts";

/** Listens, prints the address, and waits. */
export const run: RunCommand = async (invocation, { terminal, startRelay }) => {
  const port = Number(invocation.option("port") ?? "8787");
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    return wrong(`--port ${invocation.option("port")} is not a number from 0 to 65535`);
  const relay = await startRelay(invocation.option("data") ?? "", port, terminal.note);
  if (!relay.ok) return relay;
  terminal.print({ url: relay.value.url }, () => [`The relay listens on ${relay.value.url}; Ctrl-C stops it.`]);
  await new Promise<void>((resolve) => {
    if (terminal.interrupted.aborted) resolve();
    terminal.interrupted.addEventListener("abort", () => resolve());
  });
  await relay.value.close();
  return ok(null);
};
