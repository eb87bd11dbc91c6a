/**
 * The library of the vectors: founded with recovery words, a phone and a tablet added, labels by all three, the key rotated, the
 * tablet removed while it goes on writing offline, one of its late records kept, new words, keys asked for and sealed again.
 */
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { labelledHash } from "@albumen/core/crypto/hash.ts";
import { packContent } from "@albumen/core/crypto/packing.ts";
import { contentDictionary } from "@albumen/core/documents/content.ts";
import type { Fact } from "@albumen/core/facts/fact.ts";
import { createFaceId } from "@albumen/core/ids/face.ts";
import type { AlbumId, FreeDocumentId, PackId, PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import { askForKeys, foundLibrary, keepRecords, removeMembers, rotateEpoch, sealOwed } from "@albumen/core/membership/author.ts";
import { cutOffAt } from "@albumen/core/membership/cut-off.ts";
import { epochFoundedBy } from "@albumen/core/membership/epochs.ts";
import { writableEpoch } from "@albumen/core/membership/membership.ts";
import { wordsToKeys } from "@albumen/core/membership/words.ts";
import { encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { createScribe, createVectorMember, type EventText, frontiersOf, type Scribe, type VectorMember } from "./scribe.ts";
import { announcePhoto } from "./small-photo.ts";

/** The seed of everything in it. */
export const librarySeed = 20_261_125;

/** Recovery words as a member. */
export interface VectorWords extends VectorMember {
  readonly text: string;
  readonly entropy: Uint8Array;
}

/** The library, written. */
export interface SmallLibrary {
  readonly scribe: Scribe;
  readonly words: VectorWords;
  readonly founder: VectorMember;
  readonly phone: VectorMember;
  readonly tablet: VectorMember;
  /** Added by the tablet after its removal: never a member. */
  readonly watch: VectorMember;
  readonly newWords: VectorWords;
}

const anna = "a1".repeat(16) as PersonId;
const ben = "b2".repeat(16) as PersonId;
const summer = "5a".repeat(16) as AlbumId;
const pack = "c3".repeat(16) as PackId;
const story = "d4".repeat(16) as FreeDocumentId;

/** Writes it: always the same bytes. */
export function writeSmallLibrary(): SmallLibrary {
  const scribe = createScribe(seededRandom(librarySeed));
  const library: SmallLibrary = {
    scribe,
    words: createVectorWords("words", scribe.random(32)),
    founder: scribe.member("founder"),
    phone: scribe.member("phone"),
    tablet: scribe.member("tablet"),
    watch: scribe.member("watch"),
    newWords: createVectorWords("new words", scribe.random(32)),
  };
  const photo = writeBeginning(library);
  writeRemoval(library);
  writeEnd(library, photo);
  return library;
}

function writeBeginning({ scribe, words, founder, phone, tablet }: SmallLibrary): PhotoId {
  scribe.take("the founder creates the library", founder, foundLibrary(scribe.authoring(founder), words.keys, "Laptop"));
  const { photo, event } = announcePhoto(scribe.membership(founder), pack);
  scribe.write("the founder announces a photo", founder, [event]);
  const face = createFaceId({ photo, box: { x: 1000, y: 2000, w: 3000, h: 4000 }, pack });
  scribe.write("the founder names a face", founder, [
    facts("assignNew", 2, { kind: "assign", faces: [face], person: anna }, { kind: "name", person: anna, text: "Anna" }),
  ]);
  scribe.add("the founder adds the phone", founder, phone, false);
  const captions: readonly Fact[] = [
    { kind: "caption", photos: [photo], text: "am See" },
    { kind: "favourite", photos: [photo], flag: true },
  ];
  const events = [
    facts("createAlbum", 3, { kind: "albumName", album: summer, text: "Sommer ☀" }),
    facts("caption", 1025, ...captions),
  ];
  scribe.write("the phone makes an album and a caption in one record, in two documents", phone, events, { seen: [founder] });
  scribe.add("the phone adds the tablet", phone, tablet, false);
  const distinct = facts("distinct", 1026, { kind: "distinct", a: anna, b: ben });
  scribe.write("the tablet says that two people are not the same", tablet, [distinct], { seen: [founder, phone] });
  const seen = frontiersOf([phone, tablet]);
  scribe.take("the founder rotates the key", founder, rotateEpoch(scribe.authoring(founder, seen), scribe.membership(founder)));
  scribe.write("the phone writes prose into a free document", phone, [prose()], { seen: [tablet] });
  return photo;
}

function writeRemoval({ scribe, founder, phone, tablet, watch }: SmallLibrary): void {
  const members = scribe.membership(founder);
  const epoch = writableEpoch(members);
  if (tablet.last === null || epoch === null) throw new Error("the tablet has written nothing");
  const own = members.entries.filter(({ device }) => device === tablet.keys.device);
  const removed = [{ device: tablet.keys.device, cutoff: cutOffAt([tablet.last], own, () => null) }];
  const name = facts("name", 1027, { kind: "name", person: ben, text: "Ben" });
  const note = facts("note", 1028, { kind: "note", person: ben, text: "late" });
  const tabletAdds = scribe.prepareAdd(tablet, watch);
  scribe.take("the founder removes the tablet", founder, removeMembers(scribe.authoring(founder), members, removed));
  const kept = scribe.write("the tablet, offline, names somebody", tablet, [name], { epoch });
  scribe.take("the tablet, offline, adds a watch", tablet, tabletAdds());
  scribe.write("the tablet, offline, writes on", tablet, [note], { epoch });
  const place = { sequence: 2, hash: kept.hash };
  const keep = keepRecords(scribe.authoring(phone), scribe.membership(phone), tablet.keys.device, place);
  scribe.take("the phone keeps the first of the tablet's late records", phone, keep);
}

function writeEnd({ scribe, words, founder, phone, newWords }: SmallLibrary, photo: PhotoId): void {
  scribe.add("the words add new words", words, newWords, true);
  const [created] = scribe.log;
  const first = created === undefined ? [] : [epochFoundedBy(created.hash)];
  const ask = askForKeys(scribe.authoring(phone), scribe.membership(phone), { epochs: first, secret: true, failed: [] });
  scribe.take("the phone asks for the first epoch's key and the library's secret", phone, ask);
  const to = scribe.membership(founder).roster.memberOf(phone.keys.device);
  if (to === null) throw new Error("the phone is no member");
  for (const of of [...first, null]) {
    const seal = sealOwed(scribe.authoring(founder), scribe.membership(founder), { of, to });
    scribe.take(
      `the founder seals ${of === null ? "the library's secret" : "the first epoch's key"} to the phone`,
      founder,
      seal,
    );
  }
  const after = facts("caption", 1029, { kind: "caption", photos: [photo], text: "danach" });
  scribe.write("the founder writes under the newest key", founder, [after], { seen: [phone, words] });
  const later = encodeCbor([1, [["later", 1, 1030, [3, "what is not known yet"]]], []]);
  const newer = scribe.seal(founder, packContent(later, contentDictionary));
  scribe.take("the founder writes an event of a kind that is not known yet", founder, newer);
}

function facts(what: string, height: number, ...said: readonly Fact[]): EventText {
  return { what, at: 1_700_000_000_000 + height, height, facts: said };
}

/** Two changes of a free document: a text, and more of it. */
function prose(): EventText {
  const actor = "e5".repeat(24);
  const begun = Automerge.change(Automerge.init<{ text: string }>({ actor }), { time: 0 }, (root) => {
    root.text = "It was";
  });
  const gone = Automerge.change(begun, { time: 0 }, (root) => Automerge.splice(root, ["text"], 6, 0, " summer."));
  const changes = Automerge.getAllChanges(gone);
  return { what: "prose", at: 1_700_000_000_000, height: 1, body: { kind: "document", document: story, changes } };
}

function createVectorWords(name: string, entropy: Uint8Array): VectorWords {
  const seeds = [labelledHash("albumen words sign 1", entropy), labelledHash("albumen words seal 1", entropy)] as const;
  const member = createVectorMember(name, ...seeds);
  const text = entropyToMnemonic(entropy, wordlist);
  if (wordsToKeys(text)?.device !== member.keys.device) throw new Error("the words are not the keys of their entropy");
  return { ...member, text, entropy };
}
