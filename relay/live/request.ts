/** Parsing what devices send on the live socket. */
import type { LiveRequest } from "@albumen/core/wire/relay-api.ts";
import { parseJsonObject } from "../body.ts";

/** The request in a text frame, or null where it is none. */
export function parseLiveRequest(text: string): LiveRequest | null {
  const parsed = parseJsonObject(text);
  if (!parsed.ok) return null;
  const { type, token, after, credit, bytes } = parsed.value;
  if (type === "credit" && isCount(bytes)) return { type, bytes };
  if (type === "open" && typeof token === "string" && isCount(after) && isCount(credit)) return { type, token, after, credit };
  return null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
