/** A plain client of the relay's HTTP interface for tests, over `app.request` or over a real port alike. */
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { encodeRecords, type Page, parsePage } from "@albumen/core/wire/page.ts";
import type {
  AppendOutcome,
  AppendReply,
  Challenge,
  FoundLibraries,
  FoundLibrary,
  RelayError,
  Session,
} from "@albumen/core/wire/relay-api.ts";
import { answerChallenge, answerFind, type Writer } from "../arbitraries/records.ts";

/** Sends a request: path, then what `fetch` takes. */
export type Send = (path: string, init?: RequestInit) => Response | Promise<Response>;

/** What tests ask of a relay. */
export interface RelayClient {
  readonly send: Send;
  readonly challenge: (library: LibraryId, device: Writer) => Promise<Challenge>;
  /** Opens a session; the whole response. */
  readonly openSession: (library: LibraryId, device: Writer) => Promise<Response>;
  /** A token of `device`. @throws where the relay refuses. */
  readonly token: (library: LibraryId, device: Writer) => Promise<string>;
  /** A challenge for a find. */
  readonly findChallenge: (device: Writer) => Promise<Challenge>;
  /** The libraries of `device`. @throws where the relay refuses. */
  readonly find: (device: Writer) => Promise<readonly FoundLibrary[]>;
  readonly upload: (library: LibraryId, records: readonly Uint8Array[], token?: string) => Promise<Response>;
  /** Outcomes of an upload. @throws where the relay refuses all of it. */
  readonly append: (library: LibraryId, records: readonly Uint8Array[], token?: string) => Promise<readonly AppendOutcome[]>;
  readonly page: (library: LibraryId, after: number, token: string, limit?: number) => Promise<Page>;
}

/** The headers that carry `token`. */
export function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** The body of a POST that carries `value` as JSON. */
export function json(value: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(value) };
}

/** Status and kind of a refusal. */
export async function refusalOf(response: Response): Promise<readonly [number, string]> {
  const body = (await response.json()) as RelayError;
  return [response.status, body.error];
}

/** A client that sends with `send`. */
export function createRelayClient(send: Send): RelayClient {
  const challenge = async (library: LibraryId, device: Writer): Promise<Challenge> => {
    const response = await send("/v1/challenges", json({ library, device: device.keys.device }));
    return (await response.json()) as Challenge;
  };
  const openSession = async (library: LibraryId, device: Writer): Promise<Response> =>
    send("/v1/sessions", json(answerChallenge(device, library, await challenge(library, device))));
  const findChallenge = async (device: Writer): Promise<Challenge> =>
    (await (await send("/v1/challenges", json({ device: device.keys.device }))).json()) as Challenge;
  const upload = async (library: LibraryId, records: readonly Uint8Array[], token?: string): Promise<Response> =>
    send(`/v1/libraries/${library}/records`, {
      method: "POST",
      headers: bearer(token),
      body: encodeRecords(records) as Uint8Array<ArrayBuffer>,
    });
  return {
    send,
    challenge,
    openSession,
    token: async (library, device) => ((await expectOk(await openSession(library, device))) as Session).token,
    findChallenge,
    find: async (device) => {
      const found = await expectOk(await send("/v1/libraries", json(answerFind(device, await findChallenge(device)))));
      return (found as FoundLibraries).libraries;
    },
    upload,
    append: async (library, records, token) => ((await expectOk(await upload(library, records, token))) as AppendReply).outcomes,
    page: async (library, after, token, limit) => {
      const query = limit === undefined ? "" : `&limit=${limit}`;
      const response = await send(`/v1/libraries/${library}/records?after=${after}${query}`, { headers: bearer(token) });
      const page = parsePage(new Uint8Array(await response.arrayBuffer()));
      if (!response.ok || !page.ok) throw new Error(`the page was refused: ${response.status}`);
      return page.value;
    },
  };
}

async function expectOk(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}
