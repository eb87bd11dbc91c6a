/**
 * Law 20: somebody who has the code and stands between the two devices on both legs. Either a side breaks off, or the screens
 * differ, or nothing was changed; and knowing one side's string does not make the other side's likelier to match.
 */
import { expect, test } from "vitest";
import { createMemberKeys, type MemberKeys } from "@albumen/core/crypto/keys.ts";
import { pairingCommitment, pairingStringOf } from "@albumen/core/membership/pairing.ts";
import {
  encodePairingMessage,
  openPairingMessage,
  sealPairingMessage,
  type PairingMessage,
  type PairingReveal,
} from "@albumen/core/membership/pairing-message.ts";
import { pairingStringToText } from "@albumen/core/membership/pairing-string.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { createSides, type Sides } from "./sides.ts";
import { sealBody } from "./sealed-body.ts";

const seed = 20;
const keys = [1, 2, 3, 4].map((number) => createMemberKeys(seededRandom(seed + number)));
const [phone, laptop, evil, worse] = keys as [MemberKeys, MemberKeys, MemberKeys, MemberKeys];

/** Something that the attacker would like in place of a message. */
function tamper(message: PairingMessage, random: Random): PairingMessage {
  const [choice = 0, bit = 0] = random(2);
  if (choice < 64) return message;
  switch (message.step) {
    case "commit":
      return { step: "commit", commitment: random(32) };
    case "offer": {
      const { offer } = message;
      const variants = [
        { ...offer, member: evil.device },
        { ...offer, nonce: random(16) },
        { ...offer, parents: [] },
        { ...offer, library: evil.device as never },
      ];
      return { step: "offer", offer: variants[bit % variants.length] ?? offer };
    }
    case "reveal":
      return { step: "reveal", reveal: tamperReveal(message.reveal, random) };
    case "confirm":
      return { step: "confirm", countersignature: random(64) };
    default:
      return message;
  }
}

function tamperReveal(reveal: PairingReveal, random: Random): PairingReveal {
  const variants = [
    { ...reveal, device: evil.device },
    { ...reveal, seal: evil.seal },
    { ...reveal, nonce: random(16) },
    { ...reveal, name: "Tablet" },
    { ...reveal, device: evil.device, seal: evil.seal },
  ];
  return variants[(random(1)[0] ?? 0) % variants.length] ?? reveal;
}

/** Passes everything on through `change`, with two people who answer what they see. */
function converse(sides: Sides, change: (message: PairingMessage) => PairingMessage): void {
  const { joiner, member } = sides;
  const toMember = [...joiner.first];
  const toJoiner: PairingMessage[] = [];
  const answered = { joiner: false, member: false };
  for (let moved = true; moved; ) {
    moved = toMember.length + toJoiner.length > 0;
    for (const message of toMember.splice(0)) toJoiner.push(...member.hear(change(message)));
    for (const message of toJoiner.splice(0)) toMember.push(...joiner.hear(change(message)));
    const bothShow = joiner.shown() !== null && member.shown() !== null;
    const same = joiner.shown() === member.shown();
    for (const who of ["joiner", "member"] as const) {
      if (!bothShow || answered[who]) continue;
      answered[who] = true;
      moved = true;
      (who === "joiner" ? toMember : toJoiner).push(...sides[who].answer(same));
    }
    if (member.admissions().length > 0 && member.ending() === null) {
      toJoiner.push(...member.admitted());
      moved = true;
    }
  }
}

test("whatever is changed on the way, both screens show the same only where both saw the same, and only the joiner is admitted", () => {
  const random = seededRandom(seed);
  const outcomes = { paired: 0, differing: 0, brokenOff: 0 };
  for (let i = 0; i < 4000; i++) {
    const sides = createSides(random, [phone, laptop]);
    const { joiner, member, joinerKeys, offer } = sides;
    converse(sides, (message) => tamper(message, random));
    const [here, there] = [member.shown(), joiner.shown()];
    if (here !== null && here === there) {
      expect(joiner.state().offer).toEqual(offer);
      expect(member.state().reveal?.device).toBe(joinerKeys.device);
      expect(member.state().reveal?.seal).toEqual(joinerKeys.seal);
    }
    for (const device of member.admissions()) {
      expect(here).toBe(there);
      expect(device).toBe(joinerKeys.device);
    }
    if (joiner.ending() === "paired") outcomes.paired++;
    else if (here !== null && there !== null && here !== there) outcomes.differing++;
    else outcomes.brokenOff++;
    if (joiner.ending() === "paired") expect(member.ending()).toBe("paired");
  }
  // Every kind of outcome was met, so none of the expectations above is empty.
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(10);
});

/** How many of the first `bits` bits of two strings' pictures would have to agree: here whole pictures, 6 bits each. */
const beginning = (shown: string | null): string => (shown ?? "").split(" ").slice(0, 2).join(" ");

test.each(["member", "joiner"] as const)(
  "speaking with the %s first, and knowing its string, does not help with the other",
  (first) => {
    const random = seededRandom(seed + 1);
    const tries = 6000;
    let matches = 0;
    for (let i = 0; i < tries; i++) {
      const { joiner, member, offer } = createSides(random, [phone, laptop]);
      const toJoiner = { ...offer, member: worse.device, nonce: random(16) };
      const reveal = { device: evil.device, seal: evil.seal, nonce: random(16), name: "Phone" };
      const withJoiner = (): void => void joiner.hear({ step: "offer", offer: toJoiner });
      const withMember = (): void => {
        member.hear({ step: "commit", commitment: pairingCommitment(reveal) });
        member.hear({ step: "reveal", reveal });
      };
      for (const talk of first === "member" ? [withMember, withJoiner] : [withJoiner, withMember]) talk();
      if (member.shown() === null || joiner.shown() === member.shown()) throw new Error(`try ${i}: the screens agree`);
      if (beginning(joiner.shown()) === beginning(member.shown())) matches++;
    }
    // Two pictures are 12 bits: 1.5 matches expected of 6,000 guesses, and 9 or more once in 30,000 seeds.
    expect(matches).toBeLessThan(9);
  },
);

test("searching for keys that show the same is what the commitment is for: it finds some, and they are refused", () => {
  const random = seededRandom(seed + 2);
  let found = 0;
  for (let i = 0; i < 20; i++) {
    const { joiner, member, offer } = createSides(random, [phone, laptop]);
    joiner.hear({ step: "offer", offer: { ...offer, member: worse.device } });
    const reveal = { device: evil.device, seal: evil.seal, nonce: random(16), name: "Phone" };
    const [offered] = member.hear({ step: "commit", commitment: pairingCommitment(reveal) });
    if (offered?.step !== "offer") throw new Error("the member did not offer");
    const wanted = joiner.shown()?.split(" ")[0];
    for (let nonce = 0; nonce < 400; nonce++) {
      const other = { ...reveal, nonce: random(16) };
      if (pairingStringToText(pairingStringOf(offered.offer, other)).split(" ")[0] !== wanted) continue;
      found++;
      member.hear({ step: "reveal", reveal: other });
      expect(member.ending()).toBe("broken-commitment");
      expect(member.shown()).toBeNull();
      break;
    }
  }
  expect(found).toBeGreaterThan(15);
});

test("every byte of what a message says, changed by somebody who has the code, ends without an admission and without a pairing", () => {
  const random = seededRandom(seed + 3);
  const secret = random(16);
  const steps = ["commit", "offer", "reveal", "confirm", "done"] as const;
  let tried = 0;
  for (const step of steps) {
    let length = 0;
    converse(createSides(seededRandom(seed), [phone, laptop]), (message) => {
      if (message.step === step) ({ length } = encodePairingMessage(message));
      return message;
    });
    for (let at = 0; at < length; at++) {
      const sides = createSides(seededRandom(seed), [phone, laptop]);
      let changed = false;
      converse(sides, (message) => {
        if (message.step !== step || changed) return message;
        changed = true;
        const body = encodePairingMessage(message);
        body[at] = (body[at] ?? 0) ^ (1 << (tried & 7));
        return openPairingMessage(secret, sealBody(secret, body, random(24))) ?? { step: "unknown" };
      });
      tried++;
      expect(changed).toBe(true);
      expect(sides.joiner.ending(), `${step} ${at}`).not.toBe("paired");
      // The last message comes after the admission: a joiner that cannot read it asks the relay.
      if (step !== "done") expect(sides.member.admissions(), `${step} ${at}`).toEqual([]);
    }
  }
  expect(tried).toBeGreaterThan(340);
  expect(openPairingMessage(secret, sealPairingMessage(secret, { step: "done" }, random(24)))).toEqual({ step: "done" });
});
