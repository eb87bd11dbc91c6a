#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
/**
 * `albumen`: the command line. This file is the edge: it alone sees the process (streams, signals, environment, clock) and the
 * composition; everything else gets them handed in. Exit codes: 0 done, 1 failed, 2 wrongly asked.
 */
import { enableCompileCache } from "node:module";
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { cacheFolder } from "../compose/node-cache.ts";
import type { HomeError } from "../compose/node-home.ts";
import { type CliError, type CliResult, failed, wrong } from "./error.ts";
import type { HomeKey, Host, PassphraseQuestions } from "./host.ts";
import type { Invocation } from "./invocation.ts";
import { createQuestions, readAnswers } from "./passphrase.ts";
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

function createHost(invocation: Invocation): CliResult<Host> {
  const answers = readAnswers(invocation.option("passphrase-file"));
  if (!answers.ok) return answers;

  const home = resolve(invocation.option("home") ?? process.env["ALBUMEN_HOME"] ?? join(homedir(), ".albumen"));
  const terminal = createTerminal(process, invocation.flag("json"), interruption(), Date.now);
  const questions = createQuestions(terminal, answers.value, (milliseconds) => wait(milliseconds));
  return ok({
    terminal,
    home,
    machineName: hostname(),
    questions,
    openParts: async (options) => {
      const { openNodeParts } = await import("../compose/node.ts");
      const { current: ask, first: choose } = questions;
      const parts = await openNodeParts(home, { ...options, ask, choose, report: terminal.note });
      return parts.ok ? parts : refusal(parts.error);
    },
    openHome: (current) => openHomeKey(home, current),
    startRelay: async (data, port, log) => {
      const { startRelay } = await import("../compose/node-relay.ts");
      try {
        return ok(await startRelay({ data: resolve(data), port, log }));
      } catch (cause) {
        return failed(cause instanceof Error ? cause.message : String(cause));
      }
    },
  });
}

function refusal({ kind, reason }: HomeError): Result<never, CliError> {
  return kind === "weak-passphrase" ? wrong(reason) : failed(reason);
}

async function openHomeKey(home: string, ask: PassphraseQuestions["current"]): Promise<CliResult<HomeKey>> {
  const { openNodeHome } = await import("../compose/node.ts");
  const opened = await openNodeHome(home, { create: false, ask, choose: async () => null });
  if (!opened.ok) return refusal(opened.error);
  const { store, hasPassphrase, setPassphrase } = opened.value;
  return ok({
    hasPassphrase,
    setPassphrase: (next) => {
      const changed = setPassphrase(next);
      return changed.ok ? changed : refusal(changed.error);
    },
    close: store.close,
  });
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
