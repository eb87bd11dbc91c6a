/** `albumen passphrase set|change|off`: whether the key in HOME lies there in the open or under a passphrase. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { type CliResult, failed } from "../error.ts";
import type { HomeKey, Host } from "../host.ts";

/** Sets one where there is none. */
export const set: RunCommand = async (_, host) => {
  let isLocked = false;
  const opened = await host.openHome(async () => {
    isLocked = true;
    return null;
  });
  if (isLocked) return failed(`${host.home} has a passphrase already: "albumen passphrase change" gives it another`);
  return opened.ok ? closing(opened.value, (key) => setNext(key, host)) : opened;
};

/** Replaces it. */
export const change: RunCommand = (_, host) => withPassphrase(host, (key) => setNext(key, host));

/** Takes it away. */
export const off: RunCommand = (_, host) =>
  withPassphrase(host, async (key) => {
    const changed = key.setPassphrase(null);
    if (!changed.ok) return changed;
    host.terminal.print({ passphrase: false }, () => [
      `From now on whoever can read the files in ${host.home} can open the library in it.`,
    ]);
    return ok(null);
  });

async function withPassphrase(host: Host, work: (key: HomeKey) => Promise<CliResult>): Promise<CliResult> {
  const opened = await host.openHome(host.questions.current);
  if (!opened.ok) return opened;
  return closing(opened.value, async (key) =>
    key.hasPassphrase ? work(key) : failed(`${host.home} has no passphrase: "albumen passphrase set" gives it one`),
  );
}

async function closing(key: HomeKey, work: (key: HomeKey) => Promise<CliResult>): Promise<CliResult> {
  try {
    return await work(key);
  } finally {
    await key.close();
  }
}

async function setNext(key: HomeKey, { questions, terminal, home }: Host): Promise<CliResult> {
  const next = await questions.next();
  if (next === null) return failed("no new passphrase was given, so nothing was changed");
  const changed = key.setPassphrase(next);
  if (!changed.ok) return changed;
  terminal.print({ passphrase: true }, () => [
    `From now on every command asks for the passphrase of ${home}.`,
    "Nobody can open this copy without it. Were it forgotten, the library would come back from another of its devices, or by the",
    "recovery words.",
  ]);
  return ok(null);
}
