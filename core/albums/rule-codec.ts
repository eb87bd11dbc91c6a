/**
 * Codec of stored rules: canonical CBOR [1, node], node = [kind, …]:
 *
 *   ["all", node, node, …]  ["any", node, node, …]  ["not", node]
 *   ["person", id]  ["only", id, …]  ["album", id]  ["faces", min, max|null]  ["taken", from|null, to|null]
 *   ["recent", days]  ["within", latitude, longitude, meters]  ["camera", text]  ["type", text]  ["text", text]
 *   ["favourite"]  ["unnamed"]  ["hidden"]
 *
 * A clause or version that this one does not know is refused by name, never guessed; the fact that holds it is kept.
 */
import { bytesToId, idToBytes } from "../ids/ids.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import { checkClause } from "./clause-check.ts";
import { ruleExcess, ruleLimits, type Clause, type Rule } from "./rule.ts";

/** Why a stored rule cannot be used; `reason` is a sentence. */
export interface StoredRuleError {
  readonly kind: "newer-rule" | "malformed-rule";
  readonly reason: string;
}

/** The stored form. */
export function encodeRule(rule: Rule): Uint8Array {
  return encodeCbor([1, encodeNode(rule)]);
}

/** The rule in its stored form, checked in full. */
export function parseStoredRule(bytes: Uint8Array): Result<Rule, StoredRuleError> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) return malformed();
  const [version, node, ...rest] = decoded.value as readonly CborValue[];
  if (version !== 1) return newer(`version ${String(version)}`);
  if (rest.length > 0) return malformed();
  const rule = parseNode(node, 1);
  if (!rule.ok) return rule;
  return ruleExcess(rule.value) === null ? rule : malformed();
}

function encodeNode(rule: Rule): CborValue {
  switch (rule.kind) {
    case "all":
    case "any":
      return [rule.kind, ...rule.rules.map(encodeNode)];
    case "not":
      return [rule.kind, encodeNode(rule.rule)];
    case "person":
      return [rule.kind, idToBytes(rule.person)];
    case "only":
      return [rule.kind, ...rule.people.map(idToBytes)];
    case "album":
      return [rule.kind, idToBytes(rule.album)];
    case "faces":
      return [rule.kind, rule.min, rule.max];
    case "taken":
      return [rule.kind, rule.from, rule.to];
    case "recent":
      return [rule.kind, rule.days];
    case "within":
      return [rule.kind, rule.latitude, rule.longitude, rule.meters];
    case "camera":
    case "type":
    case "text":
      return [rule.kind, rule.text];
    case "favourite":
    case "unnamed":
    case "hidden":
      return [rule.kind];
  }
}

function parseNode(value: CborValue | undefined, depth: number): Result<Rule, StoredRuleError> {
  if (!Array.isArray(value) || depth > ruleLimits.depth) return malformed();
  const [kind, ...fields] = value as readonly CborValue[];
  if (kind === "all" || kind === "any" || kind === "not") {
    const rules: Rule[] = [];
    for (const field of fields) {
      const part = parseNode(field, depth + 1);
      if (!part.ok) return part;
      rules.push(part.value);
    }
    const [rule] = rules;
    if (kind === "not") return rule === undefined || rules.length > 1 ? malformed() : ok({ kind, rule });
    return rules.length < 2 ? malformed() : ok({ kind, rules });
  }
  const clause = parseClause(kind, fields);
  if (clause === "unknown") return newer(`the clause "${String(kind).slice(0, 40)}"`);
  return clause === null || checkClause(clause) !== null ? malformed() : ok(clause);
}

function parseClause(kind: CborValue | undefined, fields: readonly CborValue[]): Clause | null | "unknown" {
  const [first = null, second = null, third = null] = fields;
  switch (kind) {
    case "person": {
      const person = bytesToId("PersonId", first);
      return person === null || fields.length !== 1 ? null : { kind, person };
    }
    case "only": {
      const people = fields.map((field) => bytesToId("PersonId", field));
      return people.every((person) => person !== null) ? { kind, people } : null;
    }
    case "album": {
      const album = bytesToId("AlbumId", first);
      return album === null || fields.length !== 1 ? null : { kind, album };
    }
    case "faces":
      return typeof first !== "number" || !isNumberOrNull(second) || fields.length !== 2
        ? null
        : { kind, min: first, max: second };
    case "taken":
      return !isTextOrNull(first) || !isTextOrNull(second) || fields.length !== 2 ? null : { kind, from: first, to: second };
    case "recent":
      return typeof first !== "number" || fields.length !== 1 ? null : { kind, days: first };
    case "within":
      if (typeof first !== "number" || typeof second !== "number" || typeof third !== "number" || fields.length !== 3)
        return null;
      return { kind, latitude: first, longitude: second, meters: third };
    case "camera":
    case "type":
    case "text":
      return typeof first !== "string" || fields.length !== 1 ? null : { kind, text: first };
    case "favourite":
    case "unnamed":
    case "hidden":
      return fields.length === 0 ? { kind } : null;
    default:
      return typeof kind === "string" ? "unknown" : null;
  }
}

function isNumberOrNull(value: CborValue): value is number | null {
  return value === null || typeof value === "number";
}

function isTextOrNull(value: CborValue): value is string | null {
  return value === null || typeof value === "string";
}

function malformed(): Result<never, StoredRuleError> {
  return err({ kind: "malformed-rule", reason: "The stored rule is damaged; state it again." });
}

function newer(what: string): Result<never, StoredRuleError> {
  return err({ kind: "newer-rule", reason: `The rule needs a newer version of Albumen: this one does not know ${what}.` });
}
