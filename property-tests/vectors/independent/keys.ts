/** What a member's keys open: epoch keys from boxes, from seals and from the private parts of later epochs; the library secret. */
import { fromHex, same } from "./bytes.ts";
import { decode, encode, isList, isMap, type Value } from "./cbor.ts";
import { labelled, openSealedBox, sealingPair, signingKey } from "./crypto.ts";
import { decrypt, type OpenRecord, unpack } from "./record.ts";
import { idOf, type Statement } from "./statement.ts";

/** Seeds of a member, 32 bytes each. */
export interface Seeds {
  readonly signingSeed: Uint8Array;
  readonly sealingSeed: Uint8Array;
}

/** A membership record with its statement. */
export interface Membership {
  readonly record: OpenRecord;
  readonly statement: Statement;
}

/** What was opened. */
export interface Opened {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly secret: Uint8Array | null;
  /** Private parts that opened, by record. */
  readonly privateParts: ReadonlyMap<string, { readonly [key: string]: Value }>;
}

/** Everything that `seeds` open of `records`. */
export function openAll(library: string, records: readonly Membership[], seeds: Seeds): Opened {
  const device = Buffer.from(signingKey(seeds.signingSeed)).toString("hex");
  const pair = sealingPair(seeds.sealingSeed);
  const commitments = new Map(
    records.flatMap(({ record, statement }) =>
      statement.epoch === null ? [] : [[record.hash, statement.epoch.commitment] as const],
    ),
  );
  const keys = new Map<string, Uint8Array>();
  const learn = (epoch: string, key: Uint8Array | null): void => {
    const commitment = commitments.get(epoch);
    if (key !== null && commitment !== undefined && same(labelled("albumen epoch commitment 1", key), commitment))
      keys.set(epoch, key);
  };
  const open = (
    box: Uint8Array | undefined,
    purpose: string,
    named: string | null,
    ids: readonly string[],
  ): Uint8Array | null => {
    const inside = box === undefined ? null : openSealedBox(box, pair);
    if (inside?.length !== 64) return null;
    const context = encode([purpose, named === null ? null : fromHex(named), ids.map(fromHex), fromHex(device)]);
    return same(inside.subarray(0, 32), labelled("albumen key box 1", context)) ? inside.slice(32) : null;
  };
  const boxIn = (boxes: Statement["secrets"] | undefined): Uint8Array | undefined =>
    boxes?.find((one) => one.device === device)?.box;
  const secretCommitment = records.find(({ record }) => record.hash === library)?.statement.fields["secretCommitment"];
  let secret: Uint8Array | null = null;
  const learnSecret = (key: Uint8Array | null): void => {
    if (key === null || !(secretCommitment instanceof Uint8Array)) return;
    if (same(labelled("albumen secret commitment 1", key), secretCommitment)) secret = key;
  };
  for (const { record, statement } of records) {
    const { kind, epoch, secrets, fields } = statement;
    if (epoch !== null) learn(record.hash, open(boxIn(epoch.boxes), "epoch", record.library, epoch.parents));
    learnSecret(open(boxIn(secrets), "secret", record.library, []));
    if (kind !== "seal" || idOf(fields["device"]) !== device || !(fields["box"] instanceof Uint8Array)) continue;
    if (fields["of"] === null) learnSecret(open(fields["box"], "seal", library, []));
    else learn(idOf(fields["of"]), open(fields["box"], "seal", library, [idOf(fields["of"])]));
  }
  return { keys, secret, privateParts: unwrap(records, keys, learn) };
}

function unwrap(
  records: readonly Membership[],
  keys: ReadonlyMap<string, Uint8Array>,
  learn: (epoch: string, key: Uint8Array | null) => void,
): Opened["privateParts"] {
  const parts = new Map<string, { readonly [key: string]: Value }>();
  for (let before = -1; before < parts.size; ) {
    before = parts.size;
    for (const { record } of records) {
      const key = keys.get(record.epoch ?? record.hash);
      if (parts.has(record.hash) || key === undefined) continue;
      const part = readPrivatePart(record, key);
      if (part === null) continue;
      parts.set(record.hash, part);
      for (const wrap of isList(part["wraps"]) ? part["wraps"] : []) {
        if (isList(wrap) && wrap[1] instanceof Uint8Array) learn(idOf(wrap[0]), wrap[1]);
      }
    }
  }
  return parts;
}

/** The private part of `record` under its epoch's key; null where it does not open or is none. */
export function readPrivatePart(record: OpenRecord, key: Uint8Array): { readonly [key: string]: Value } | null {
  const packed = decrypt(record, key);
  if (packed === null) return null;
  const part = decode(unpack(packed, 1_048_576, null));
  return isMap(part) ? part : null;
}
