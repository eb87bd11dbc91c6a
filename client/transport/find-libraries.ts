/** Finding the libraries of a key at a relay. What it answers is checked in form here and believed by nobody. */
import { parseId } from "@albumen/core/ids/ids.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { findMessage, type FoundLibraries, type FoundLibrary } from "@albumen/core/wire/relay-api.ts";
import type { KeyHolder, TransportError } from "../log/relay-port.ts";
import { answerChallenge } from "./challenge.ts";
import { damaged, jsonBody, jsonOf, requestChecked, type Fetch } from "./http.ts";

/** The libraries that the relay of `holder` knows its key in. */
export async function findLibraries(
  fetch: Fetch,
  { relay, device, signFind }: KeyHolder,
): Promise<Result<readonly FoundLibrary[], TransportError>> {
  const answer = await answerChallenge(fetch, relay, { device }, (nonce, expires, origin) =>
    signFind(findMessage(device, nonce, expires, origin)),
  );
  if (!answer.ok) return answer;
  const reply = await requestChecked(fetch, `${relay}/v1/libraries`, jsonBody({ device, ...answer.value }));
  const found = reply.ok ? await jsonOf<Partial<FoundLibraries>>(reply.value) : reply;
  if (!found.ok) return found;
  const { libraries } = found.value;
  if (!Array.isArray(libraries) || libraries.length > 100) return damaged("the relay's answer is not a list of libraries");
  const parsed = libraries.map(parseFound);
  return parsed.every((one) => one !== null) ? ok(parsed) : damaged("the relay's list of libraries is damaged");
}

function parseFound(value: unknown): FoundLibrary | null {
  if (typeof value !== "object" || value === null) return null;
  const { library: id, records, words, member } = value as Partial<FoundLibrary>;
  const library = parseId("LibraryId", id);
  if (library === null || typeof records !== "number" || !Number.isSafeInteger(records) || records < 0) return null;
  return typeof words === "boolean" && typeof member === "boolean" ? { library, records, words, member } : null;
}
