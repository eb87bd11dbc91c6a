import { expect, test } from "vitest";
import { createMemberKeys } from "../crypto/keys.ts";
import type { DeviceId, LibraryId } from "../ids/ids.ts";
import { bytesToHex } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { createJoiner } from "./pairing-joiner.ts";
import { createMember } from "./pairing-member.ts";
import { pairingCommitment, pairingStringOf, type PairingAct, type PairingEvent, type PairingSide } from "./pairing.ts";
import type { PairingMessage } from "./pairing-message.ts";
import { pairingStringToText } from "./pairing-string.ts";

const random = seededRandom(23);
const laptop = createMemberKeys(random);
const phone = createMemberKeys(random);
const offer = { library: "1".repeat(64) as LibraryId, member: laptop.device, nonce: random(16), parents: [] };

/** A side with its state, and what it did last. */
function run<State extends { readonly phase: string }>(side: PairingSide<State>) {
  let { state, acts } = side.first;
  const tell = (event: PairingEvent): readonly PairingAct[] => {
    ({ state, acts } = side.next(state, event));
    return acts;
  };
  return {
    tell,
    hear: (message: PairingMessage) => tell({ kind: "heard", message }),
    acts: () => acts,
    phase: () => state.phase,
    state: () => state,
  };
}

const joiner = (nonce = random(16)) => run(createJoiner(phone, nonce, "Phone"));
const member = (known: readonly DeviceId[] = []) => run(createMember(offer, (device) => known.includes(device)));
const posted = (acts: readonly PairingAct[]): PairingMessage => {
  const act = acts.find((candidate) => candidate.kind === "post");
  if (act === undefined) throw new Error("nothing was posted");
  return act.message;
};
const ending = (acts: readonly PairingAct[]) => acts.flatMap((act) => (act.kind === "end" ? [act.ending] : []))[0];

/** Both sides up to the comparison, with the messages so far. */
function compared() {
  const [phoneSide, laptopSide] = [joiner(), member()];
  const commit = posted(phoneSide.acts());
  const offered = posted(laptopSide.hear(commit));
  const revealing = phoneSide.hear(offered);
  const reveal = posted(revealing);
  return { phoneSide, laptopSide, commit, offered, reveal, shownThere: revealing, shownHere: laptopSide.hear(reveal) };
}

const same: PairingEvent = { kind: "answered", same: true };

test("five messages, one string, and an admission only after both persons said yes", () => {
  const { phoneSide, laptopSide, shownHere, shownThere } = compared();
  const [ask] = shownHere.filter((act) => act.kind === "ask");
  expect(ask).toMatchObject({ other: "Phone" });
  expect(shownThere).toContainEqual({ ...ask, other: null });
  expect(laptopSide.tell(same)).toEqual([]);
  const confirm = posted(phoneSide.tell(same));
  const admitting = laptopSide.hear(confirm);
  expect(admitting).toEqual([
    {
      kind: "admit",
      device: {
        device: phone.device,
        seal: phone.seal,
        name: "Phone",
        words: false,
        parents: [],
        countersignature: expect.any(Uint8Array),
      },
    },
  ]);
  const done = laptopSide.tell({ kind: "admitted" });
  expect(ending(done)).toBe("paired");
  expect(ending(phoneSide.hear(posted(done)))).toBe("paired");
});

test("the joiner's yes may come first: the admission waits for the member's person", () => {
  const { phoneSide, laptopSide } = compared();
  expect(laptopSide.hear(posted(phoneSide.tell(same)))).toEqual([]);
  expect(laptopSide.tell(same)).toMatchObject([{ kind: "admit" }]);
});

test.each(["phone", "laptop"])("a no at the %s ends both sides, and admits nobody", (who) => {
  const { phoneSide, laptopSide } = compared();
  const [here, there] = who === "phone" ? [phoneSide, laptopSide] : [laptopSide, phoneSide];
  there.tell(same);
  const acts = here.tell({ kind: "answered", same: false });
  expect(ending(acts)).toBe("differs");
  expect(there.hear(posted(acts))).toEqual([{ kind: "end", ending: "differs-there" }]);
  for (const side of [here, there]) expect(side.tell(same)).toEqual([]);
});

test("echoes and repetitions change nothing, at any time", () => {
  const { phoneSide, laptopSide, commit, offered, reveal } = compared();
  for (const side of [phoneSide, laptopSide]) {
    const before = side.state();
    for (const message of [commit, offered, reveal, reveal]) expect(side.hear(message)).toEqual([]);
    expect(side.state()).toEqual(before);
  }
  const confirm = posted(phoneSide.tell(same));
  for (const message of [confirm, offered]) expect(phoneSide.hear(message)).toEqual([]);
  expect(phoneSide.phase()).toBe("confirmed");
});

test("a second, different message for a step breaks both sides off", () => {
  const other = run(createJoiner(createMemberKeys(random), random(16), "Tablet"));
  const secondOffer = { ...offer, nonce: random(16) };
  const secondReveal = posted(other.hear({ step: "offer", offer: secondOffer }));
  const seconds: readonly PairingMessage[] = [
    { step: "commit", commitment: random(32) },
    { step: "offer", offer: secondOffer },
    secondReveal,
  ];
  for (const message of seconds) {
    const { phoneSide, laptopSide } = compared();
    for (const side of [phoneSide, laptopSide]) {
      const acts = side.hear(message);
      expect(ending(acts)).toBe("second-device");
      expect(posted(acts)).toEqual({ step: "abort", reason: "alarm" });
    }
  }
});

test("a code that was used before is named as such", () => {
  const late = joiner();
  expect(ending(late.hear({ step: "commit", commitment: random(32) }))).toBe("second-device");
});

test("steps out of order, unknown ones, and an early end are refused", () => {
  const confirm: PairingMessage = { step: "confirm", countersignature: random(64) };
  const reveal: PairingMessage = {
    step: "reveal",
    reveal: { device: phone.device, seal: phone.seal, nonce: random(16), name: "P" },
  };
  expect(ending(member().hear(reveal))).toBe("second-device");
  expect(ending(member().hear(confirm))).toBe("second-device");
  for (const message of [{ step: "unknown" }, { step: "done" }] as const) {
    expect(ending(joiner().hear(message))).toBe("not-understood");
    expect(ending(member().hear(message))).toBe("not-understood");
    expect(ending(compared().phoneSide.hear(message))).toBe("not-understood");
  }
});

test("a joiner that does not keep to its commitment, or countersigns wrongly, is refused", () => {
  const first = joiner();
  const keeper = member();
  keeper.hear(posted(first.acts()));
  const other = posted(joiner().hear({ step: "offer", offer }));
  const broken = keeper.hear(other);
  expect(ending(broken)).toBe("broken-commitment");
  expect(posted(broken)).toEqual({ step: "abort", reason: "alarm" });
  const { laptopSide } = compared();
  laptopSide.tell(same);
  const forged = laptopSide.hear({ step: "confirm", countersignature: random(64) });
  expect(ending(forged)).toBe("bad-signature");
  const { phoneSide, laptopSide: waiting } = compared();
  waiting.hear(posted(phoneSide.tell(same)));
  expect(ending(waiting.hear({ step: "confirm", countersignature: random(64) }))).toBe("second-device");
});

test("a key that is or was a member is not admitted again", () => {
  const knowing = member([phone.device]);
  const newcomer = joiner();
  const offered = posted(knowing.hear(posted(newcomer.acts())));
  expect(ending(knowing.hear(posted(newcomer.hear(offered))))).toBe("known-device");
});

test("after both agreed, nothing that others post changes it", () => {
  const { phoneSide, laptopSide } = compared();
  const confirm = posted(phoneSide.tell(same));
  laptopSide.tell(same);
  laptopSide.hear(confirm);
  const strange: readonly PairingMessage[] = [{ step: "commit", commitment: random(32) }, { step: "unknown" }];
  for (const message of strange) {
    expect(phoneSide.hear(message)).toEqual([]);
    expect(laptopSide.hear(message)).toEqual([]);
  }
  expect(phoneSide.hear({ step: "abort", reason: "failed" })).toEqual([{ kind: "end", ending: "failed-there" }]);
  for (const event of [{ kind: "broke", reason: "stopped" }, same] as const) expect(laptopSide.tell(event)).toEqual([]);
  expect(ending(laptopSide.tell({ kind: "admitted" }))).toBe("paired");
});

test("an admission that fails ends both", () => {
  const { phoneSide, laptopSide } = compared();
  const confirm = posted(phoneSide.tell(same));
  laptopSide.tell(same);
  laptopSide.hear(confirm);
  const acts = laptopSide.tell({ kind: "not-admitted" });
  expect(ending(acts)).toBe("failed");
  expect(ending(phoneSide.hear(posted(acts)))).toBe("failed-there");
});

test("a side that is ended from outside tells the other why", () => {
  for (const reason of ["stopped", "failed"] as const) {
    const { phoneSide, laptopSide } = compared();
    const acts = phoneSide.tell({ kind: "broke", reason });
    expect(ending(acts)).toBe(reason);
    expect(ending(laptopSide.hear(posted(acts)))).toBe(`${reason}-there`);
    expect(phoneSide.tell({ kind: "broke", reason })).toEqual([]);
  }
});

test("the string covers all that was offered and revealed", () => {
  const reveal = { device: phone.device, seal: phone.seal, nonce: random(16), name: "Phone" };
  const honest = pairingStringToText(pairingStringOf(offer, reveal));
  const offers = [
    { ...offer, member: phone.device },
    { ...offer, nonce: random(16) },
    { ...offer, library: "5".repeat(64) as LibraryId },
    { ...offer, parents: ["6".repeat(64) as never] },
  ];
  const reveals = [
    { ...reveal, seal: random(32) },
    { ...reveal, device: laptop.device },
    { ...reveal, nonce: random(16) },
    { ...reveal, name: "phone" },
  ];
  const shown = [
    ...offers.map((changed) => pairingStringToText(pairingStringOf(changed, reveal))),
    ...reveals.map((changed) => pairingStringToText(pairingStringOf(offer, changed))),
  ];
  expect(new Set([honest, ...shown]).size).toBe(9);
});

test("frozen: the commitment and the string of these two messages", () => {
  const id = (digit: string): never => digit.repeat(64) as never;
  const frozenOffer = { library: id("1"), member: id("2"), nonce: new Uint8Array(16).fill(3), parents: [id("4"), id("5")] };
  const reveal = { device: id("6"), seal: new Uint8Array(32).fill(7), nonce: new Uint8Array(16).fill(8), name: "Phone" };
  expect(bytesToHex(pairingCommitment(reveal))).toBe("39fb1b1a42ea1cf5b8f08c7b314f047af8bb9d3d9b466d052e161cca31696fc8");
  expect(pairingStringToText(pairingStringOf(frozenOffer, reveal))).toBe("🚂 🍄 🌵 🔑 🌽 💡 278169");
});
