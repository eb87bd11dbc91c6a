/**
 * Which keys a membership record admits with their own consent: the founder and the words of a `create`, the added key of an
 * `add`, each only where its own signature stands in the record. So nobody can have a key found in a library that its holder
 * never signed for, and a find cannot be flooded with libraries that strangers made. Whether the roster counts the record is
 * asked when somebody looks.
 */
import { verifySignature } from "@albumen/core/crypto/verify.ts";
import type { DeviceId, LibraryId } from "@albumen/core/ids/ids.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { addMessage, createMessage } from "@albumen/core/roster/statement-messages.ts";
import type { Statement } from "@albumen/core/roster/statement.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";

/** The keys that `statement`, an authentic one by `author`, admits. */
export function consentingKeys(library: LibraryId, author: DeviceId, statement: Statement): readonly DeviceId[] {
  switch (statement.kind) {
    case "create": {
      const { words, wordsSignature } = statement;
      const isSigned = verifySignature("albumen create 1", createMessage(author, statement), wordsSignature, words);
      return isSigned ? [words, author] : [];
    }
    case "add": {
      const { device, countersignature } = statement;
      const message = addMessage(library, author, statement);
      return verifySignature("albumen countersign 1", message, countersignature, device) ? [device] : [];
    }
    case "remove":
    case "rotate":
    case "seal":
    case "ask":
    case "keep":
      return [];
  }
}

/** The same of a whole record that the log of `library` holds. */
export function recordToConsentingKeys(library: LibraryId, record: Uint8Array): readonly DeviceId[] {
  const parts = parseRecord(record);
  const statement = parts.ok && parts.value.publicPart !== null ? parseStatement(parts.value.publicPart) : null;
  return parts.ok && statement !== null ? consentingKeys(library, parts.value.header.device, statement) : [];
}
