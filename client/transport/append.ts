/**
 * Appending records at a relay: with a session in one request, in the order given. A relay that does not know this device never
 * saw its membership records, or lost them; it takes those from anybody, as far as its roster counts them, and then knows it.
 */
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { encodeRecords } from "@albumen/core/wire/page.ts";
import type { AppendOutcome, AppendReply } from "@albumen/core/wire/relay-api.ts";
import type { TransportError } from "../log/relay-port.ts";
import { bodyOf, damaged, jsonOf, requestChecked, type Fetch } from "./http.ts";
import type { Authorised, RelaySession } from "./session.ts";

type Outcomes = Result<readonly AppendOutcome[], TransportError>;

/** Appends `records` at the address `url`; outcomes in their order. */
export async function appendRecords(
  url: string,
  records: readonly Uint8Array[],
  { token, authorised }: RelaySession,
  fetch: Fetch,
): Promise<Outcomes> {
  const held = await token();
  if (held.ok) return upload(url, records, authorised);
  if (held.error.kind === "unreachable") return held;
  const content = records.filter((record) => !isMembership(record));
  const told = await upload(url, records.filter(isMembership), (to, init) => requestChecked(fetch, to, init));
  if (!told.ok || content.length === 0) return told;
  const taken = await upload(url, content, authorised);
  if (!taken.ok) return taken;
  const [first, second] = [told.value.values(), taken.value.values()];
  return ok(records.flatMap((record) => (isMembership(record) ? first : second).next().value ?? []));
}

async function upload(url: string, records: readonly Uint8Array[], send: Authorised): Promise<Outcomes> {
  if (records.length === 0) return ok([]);
  const reply = await send(url, { method: "POST", body: bodyOf(encodeRecords(records)) });
  const body = reply.ok ? await jsonOf<Partial<AppendReply>>(reply.value) : reply;
  if (!body.ok) return body;
  const { outcomes } = body.value;
  return outcomes?.length === records.length ? ok(outcomes) : damaged("the relay's answer has not one outcome per record");
}

/** Whether the record's kind, its second byte, says membership. */
function isMembership(record: Uint8Array): boolean {
  return record[1] === 1;
}
