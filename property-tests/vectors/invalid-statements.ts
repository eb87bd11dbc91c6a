/** Membership records, signed and laid out as they must be, that say nothing, or nothing that counts. */
import { recordKey } from "@albumen/core/crypto/keys.ts";
import { packContent } from "@albumen/core/crypto/packing.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import type { DeviceId, EpochId } from "@albumen/core/ids/ids.ts";
import { encodePrivatePart } from "@albumen/core/membership/private-part.ts";
import { writableEpoch } from "@albumen/core/membership/membership.ts";
import { idToBytes } from "@albumen/core/ids/ids.ts";
import { type CborValue, encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { encodeStatement } from "@albumen/core/roster/statement-codec.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import type { Statement } from "@albumen/core/roster/statement.ts";
import type { InvalidRecord } from "./invalid-envelopes.ts";
import type { VectorMember } from "./scribe.ts";
import type { SmallLibrary } from "./small-library.ts";

/** Statements that do not parse: such a record is kept and counts for nothing. */
export function malformedStatements(library: SmallLibrary): readonly InvalidRecord[] {
  const id = new Uint8Array(32);
  const box = new Uint8Array(112);
  const epoch = (boxes: CborValue): CborValue => ({ parents: [], commitment: id, boxes });
  const [low, high] = [idToBytes("1".repeat(64) as DeviceId), idToBytes("2".repeat(64) as DeviceId)];
  const cases: readonly (readonly [string, CborValue | Uint8Array])[] = [
    ["a statement of version 2", { v: 2, kind: "rotate", epoch: epoch([]) }],
    ["a statement of a kind that is not known", { v: 1, kind: "promote", device: id }],
    ["a statement with a key too many", { v: 1, kind: "rotate", epoch: epoch([]), note: "hi" }],
    ["a statement that lacks a key", { v: 1, kind: "seal", of: null, device: id }],
    ["a statement whose key is written in two bytes where one is enough", Uint8Array.of(0xa1, 0x78, 0x01, 0x76, 0x01)],
    [
      "boxes that do not ascend",
      {
        v: 1,
        kind: "rotate",
        epoch: epoch([
          [high, box],
          [low, box],
        ]),
      },
    ],
    [
      "two boxes for one device",
      {
        v: 1,
        kind: "rotate",
        epoch: epoch([
          [low, box],
          [low, box],
        ]),
      },
    ],
    ["a box of 47 bytes", { v: 1, kind: "rotate", epoch: epoch([[low, new Uint8Array(47)]]) }],
    ["a box of 513 bytes", { v: 1, kind: "rotate", epoch: epoch([[low, new Uint8Array(513)]]) }],
    ["a commitment of 31 bytes", { v: 1, kind: "rotate", epoch: { parents: [], commitment: new Uint8Array(31), boxes: [] } }],
    ["a removal of nobody", { v: 1, kind: "remove", removed: [], epoch: epoch([]) }],
    ["a cut-off at sequence 0", { v: 1, kind: "remove", removed: [[low, [[0, id]]]], epoch: epoch([]) }],
    [
      "1,001 epochs asked for",
      { v: 1, kind: "ask", epochs: Array.from({ length: 1001 }, (_, at) => numbered(at)), secret: false, failed: [] },
    ],
  ];
  return cases.map(([name, value]) => {
    const publicPart = value instanceof Uint8Array ? value : encodeCbor(value);
    return { name, record: sealPublic(library, library.founder, publicPart) };
  });
}

/** Statements that parse and that the roster does not count. */
export function statementsThatDoNotCount(library: SmallLibrary): readonly InvalidRecord[] {
  const { scribe, founder, phone, tablet, watch, words } = library;
  const { device, seal } = watch.keys;
  const epoch = { parents: [], commitment: new Uint8Array(32), boxes: [] };
  const add = (adder: VectorMember, asWords: boolean, signer: VectorMember): Statement => {
    const wanted = { device, seal, words: false, parents: [] };
    const message = addMessage(scribe.library(), adder.keys.device, { ...wanted, words: asWords });
    const countersignature = sign("albumen countersign 1", message, signer.keys.signing);
    return { kind: "add", ...wanted, countersignature, secrets: [], epoch };
  };
  const remove = (...gone: readonly VectorMember[]): Statement => {
    const removed = gone.map(({ keys }) => ({ device: keys.device, cutoff: [] }));
    return { kind: "remove", removed: removed.sort((a, b) => (a.device < b.device ? -1 : 1)), epoch };
  };
  const keep = ({ keys, last }: VectorMember): Statement => {
    if (last === null) throw new Error("nobody keeps what was not written");
    return { kind: "keep", device: keys.device, ...last };
  };
  const cases: readonly (readonly [string, VectorMember, Statement])[] = [
    ["an add that the adder countersigned", founder, add(founder, false, founder)],
    ["an add that was countersigned for another adder", founder, add(phone, false, watch)],
    ["an add that was countersigned for another role", founder, add(founder, true, watch)],
    ["a removal of a senior", phone, remove(founder, words)],
    ["a keep about its author's own record", phone, keep(phone)],
    ["an add by a removed device after its cut-off", tablet, add(tablet, false, watch)],
    ["a removal by somebody whom nobody added", watch, remove(phone)],
  ];
  return cases.map(([name, author, statement]) => ({ name, record: sealPublic(library, author, encodeStatement(statement)) }));
}

function sealPublic({ scribe, founder }: SmallLibrary, author: VectorMember, publicPart: Uint8Array): Uint8Array {
  const members = scribe.membership(founder);
  const epoch = writableEpoch(members);
  const key = epoch === null ? undefined : members.keys.get(epoch);
  if (epoch === null || key === undefined) throw new Error("there is no epoch to write under");
  const { device, signing } = author.keys;
  const place = { sequence: (author.last?.sequence ?? 0) + 1, previous: author.last?.hash ?? null };
  const header = {
    kind: "membership",
    library: scribe.library(),
    epoch: epoch as EpochId,
    device,
    ...place,
    nonce: scribe.random(24),
  } as const;
  const plaintext = packContent(encodePrivatePart({ at: 0, names: [], wraps: [], seen: [] }));
  return sealRecord({ header, publicPart, plaintext }, recordKey(key, scribe.library(), epoch, device), signing);
}

function numbered(at: number): Uint8Array {
  const id = new Uint8Array(32);
  id.set([at >> 8, at & 255]);
  return id;
}
