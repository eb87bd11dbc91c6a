/** `albumen sync`: one complete round with the relay, or with --watch until Ctrl-C. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { Engine, EngineState } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { type CliResult, failed } from "../error.ts";
import type { Host, Terminal } from "../host.ts";
import { withLibrary } from "../library.ts";
import { count } from "../text/table.ts";

/** Syncs. */
export const run: RunCommand = (invocation, host) =>
  withLibrary(host, (engine) => (invocation.flag("watch") ? watch(engine, host) : once(engine, host)));

async function once(engine: Engine, { terminal }: Host): Promise<CliResult> {
  const subscription = engine.state$.subscribe((state) => showMoving(state, terminal));
  const synced = await engine.sync();
  subscription.unsubscribe();
  if (!synced.ok) {
    const { outbox } = engine.state.sync;
    const kept = outbox === 0 ? "" : `; ${count(outbox, "record waits", "records wait")} here and nothing is lost`;
    return failed(`${synced.error.reason}${kept}`);
  }
  const { pushed, pulled, uploaded, downloaded } = synced.value;
  const sent = `Sent ${count(pushed, "record")} and ${count(uploaded, "blob")}`;
  const received = `received ${count(pulled, "record")} and ${count(downloaded, "blob")}`;
  const isStill = pushed + pulled + uploaded + downloaded === 0;
  terminal.print(synced.value, () => [isStill ? "Everything was in step already." : `${sent}, ${received}.`]);
  return ok(null);
}

async function watch(engine: Engine, { terminal }: Host): Promise<CliResult> {
  let shown = "";
  const subscription = engine.state$.subscribe((state) => {
    showMoving(state, terminal);
    const line = describe(state);
    if (line === shown) return;
    shown = line;
    const { sync, view } = state;
    terminal.print({ ...sync, events: view.events, photos: view.photos.length, digest: view.digest.digest }, () => [line]);
  });
  const stop = engine.startSync();
  await new Promise<void>((resolve) => {
    if (terminal.interrupted.aborted) resolve();
    terminal.interrupted.addEventListener("abort", () => resolve());
  });
  stop();
  subscription.unsubscribe();
  return ok(null);
}

/** What is on its way, while something is. */
function showMoving({ sync: { uploads, downloads } }: EngineState, terminal: Terminal): void {
  const moving = [
    ...(uploads > 0 ? [`${count(uploads, "blob")} to send`] : []),
    ...(downloads > 0 ? [`${count(downloads, "blob")} to receive`] : []),
  ];
  if (moving.length > 0) terminal.progress(moving.join(", "));
}

/** Where things stand, without the counts that change many times a second. */
function describe({ sync: { phase, outbox, problem }, view }: EngineState): string {
  const standing = `${phase}: ${count(view.photos.length, "photo")}, ${count(view.events, "event")}`;
  const waiting = outbox > 0 ? [`${count(outbox, "record")} to send`] : [];
  return [standing, ...waiting, ...(problem === null ? [] : [problem])].join(", ");
}
