/**
 * Sessions: random bearer tokens of 32 bytes, each for one device and one library. Memory holds only their SHA-256, so what
 * leaks from a dump opens nothing; the comparison takes the same time whatever differs. A restart ends all of them.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { DeviceId, LibraryId } from "@albumen/core/ids/ids.ts";
import { base64urlToBytes, bytesToBase64url } from "@albumen/core/primitives/bytes.ts";
import type { Session, SessionOwner } from "@albumen/core/wire/relay-api.ts";
import type { Clock, Random } from "../effects.ts";
import type { RelayLimits } from "../limits.ts";

/** Opens sessions and knows whose a token is. */
export interface Sessions {
  readonly open: (owner: SessionOwner) => Session;
  /** The device whose token for `library` this is; null where it is nobody's, expired or for another library. */
  readonly deviceOf: (token: string, library: LibraryId) => DeviceId | null;
}

interface Held extends SessionOwner {
  readonly hash: Uint8Array;
  readonly expires: number;
}

/** No sessions yet. */
export function createSessions(clock: Clock, random: Random, limits: RelayLimits): Sessions {
  const held = new Map<string, Held>();
  const keysByOwner = new Map<string, string[]>();
  const end = (key: string): void => {
    const session = held.get(key);
    if (session === undefined) return;
    held.delete(key);
    const owner = `${session.library}.${session.device}`;
    const left = (keysByOwner.get(owner) ?? []).filter((other) => other !== key);
    if (left.length === 0) keysByOwner.delete(owner);
    else keysByOwner.set(owner, left);
  };
  return {
    open: ({ library, device }) => {
      const owner = `${library}.${device}`;
      const own = keysByOwner.get(owner) ?? [];
      const [oldestOwn = ""] = own;
      if (own.length >= limits.sessionsPerDevice) end(oldestOwn);
      // In order of opening, and all live equally long: the first is the next to expire.
      for (const [key, { expires }] of held) {
        if (expires > clock.now() && held.size < limits.sessions) break;
        end(key);
      }
      const token = random(32);
      const hash = createHash("sha256").update(token).digest();
      const key = hash.toString("hex");
      const expires = clock.now() + 1000 * limits.sessionSeconds;
      held.set(key, { library, device, hash, expires });
      keysByOwner.set(owner, [...(keysByOwner.get(owner) ?? []), key]);
      return { token: bytesToBase64url(token), expires };
    },
    deviceOf: (token, library) => {
      const bytes = token.length === 43 ? base64urlToBytes(token) : null;
      if (bytes === null) return null;
      const hash = createHash("sha256").update(bytes).digest();
      const session = held.get(hash.toString("hex"));
      if (session === undefined || !timingSafeEqual(session.hash, hash)) return null;
      return session.library === library && session.expires > clock.now() ? session.device : null;
    },
  };
}
