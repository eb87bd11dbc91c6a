#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
/**
 * `albumen`: the command line. This file is the edge: it alone sees the process (streams, signals, environment, clock) and the
 * composition; everything else gets them handed in. Exit codes: 0 done, 1 failed, 2 wrongly asked.
 */
import { enableCompileCache } from "node:module";
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { ok } from "@albumen/core/primitives/result.ts";
import { cacheFolder } from "../compose/node-cache.ts";
import { failed } from "./error.ts";
import type { Host } from "./host.ts";
import type { Invocation } from "./invocation.ts";
import { createTerminal } from "./terminal.ts";

// Compiled code is kept between calls: it halves the time that a command takes to start.
enableCompileCache(cacheFolder("code"));

// Whoever reads the output may stop reading, as `head` does: that is no failure.
process.stdout.on("error", () => process.exit());

const { runCli } = await import("./run.ts");
const problem = (text: string): boolean => process.stderr.write(`albumen: ${text}\n`);
try {
  const line = (text: string): boolean => process.stdout.write(`${text}\n`);
  process.exitCode = await runCli(process.argv.slice(2), createHost, { line, problem });
} catch (cause) {
  // Not an expected failure: a damaged store or a defect. ALBUMEN_DEBUG=1 shows where.
  problem(cause instanceof Error ? cause.message : String(cause));
  if (process.env["ALBUMEN_DEBUG"] === "1") process.stderr.write(`${cause instanceof Error ? cause.stack : ""}\n`);
  process.exitCode = 1;
}

function createHost(invocation: Invocation): Host {
  const home = resolve(invocation.option("home") ?? process.env["ALBUMEN_HOME"] ?? join(homedir(), ".albumen"));
  const terminal = createTerminal(process, invocation.flag("json"), interruption(), Date.now);
  return {
    terminal,
    home,
    machineName: hostname(),
    openParts: async (options) => {
      const { openNodeParts } = await import("../compose/node.ts");
      const parts = await openNodeParts(home, { ...options, report: terminal.note });
      return parts.ok ? parts : failed(parts.error.reason);
    },
    startRelay: async (data, port, log) => {
      const { startRelay } = await import("../compose/node-relay.ts");
      try {
        return ok(await startRelay({ data: resolve(data), port, log }));
      } catch (cause) {
        return failed(cause instanceof Error ? cause.message : String(cause));
      }
    },
  };
}

/** Aborted by the first Ctrl-C or SIGTERM; the second Ctrl-C ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error("stopped"));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
