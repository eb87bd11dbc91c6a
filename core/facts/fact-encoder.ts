/** The fields of each kind of fact as CBOR values; their layout is specified in `fact-codec.ts`. */
import { createFaceId, manualPack } from "../ids/face.ts";
import { idToBytes } from "../ids/ids.ts";
import type { CborValue } from "../primitives/cbor.ts";
import type { Entity, Fact } from "./fact.ts";
import { encodeFaces, encodePhotos, encodeReferences, faceToBytes } from "./fact-fields.ts";

/** Entities by their code. */
export const entityKinds: readonly Entity["kind"][] = ["person", "album", "photo"];

/** What stands between the code and the references. */
export function encodeFields(fact: Fact): readonly CborValue[] {
  switch (fact.kind) {
    case "assign":
    case "deny":
    case "answer":
      return [encodeFaces(fact.faces), idToBytes(fact.person)];
    case "ignore":
      return [encodeFaces(fact.faces)];
    case "manualFace": {
      const face = faceToBytes(createFaceId({ photo: fact.photo, box: fact.box, pack: manualPack }));
      return [face.subarray(0, 16), face.subarray(16, 24)];
    }
    case "name":
    case "note":
    case "birth":
      return [idToBytes(fact.person), fact.text];
    case "cover":
      return [idToBytes(fact.person), faceToBytes(fact.face)];
    case "hide":
      return [idToBytes(fact.person), fact.flag];
    case "union":
      return [idToBytes(fact.a), idToBytes(fact.b), idToBytes(fact.shown)];
    case "distinct":
      return [idToBytes(fact.a), idToBytes(fact.b)];
    default:
      return encodeOtherFields(fact);
  }
}

type FactOfPeople = "assign" | "deny" | "answer" | "ignore" | "manualFace" | "name" | "note" | "birth" | "cover" | "hide";
type OtherFact = Exclude<Fact, { readonly kind: FactOfPeople | "union" | "distinct" }>;

function encodeOtherFields(fact: OtherFact): readonly CborValue[] {
  switch (fact.kind) {
    case "albumName":
    case "sort":
      return [idToBytes(fact.album), fact.text];
    case "rule":
      return [idToBytes(fact.album), fact.rule];
    case "albumCover":
      return [idToBytes(fact.album), idToBytes(fact.photo)];
    case "pin":
    case "exclude":
      return [idToBytes(fact.album), encodePhotos(fact.photos)];
    case "favourite":
    case "hidePhoto":
      return [encodePhotos(fact.photos), fact.flag];
    case "caption":
      return [encodePhotos(fact.photos), fact.text];
    case "correctDate":
      return [encodePhotos(fact.photos), fact.date];
    case "correctPlace":
      return [encodePhotos(fact.photos), fact.place === null ? null : [fact.place.latitude, fact.place.longitude]];
    case "trash":
    case "restore":
      return [encodePhotos(fact.photos)];
    case "delete":
      return [entityKinds.indexOf(fact.entity.kind), idToBytes(fact.entity.id)];
    case "retract":
      return [encodeReferences(fact.targets)];
    case "setting":
      return [fact.key, fact.text];
    case "settleIndex":
      return [idToBytes(fact.photo), idToBytes(fact.index)];
  }
}
