/** Mailboxes of pairings over fetch. */
import { base64urlToBytes } from "@albumen/core/primitives/bytes.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { MailPage } from "@albumen/core/wire/relay-api.ts";
import type { Mail, Mailbox, TransportError } from "../log/relay-port.ts";
import { bodyOf, damaged, jsonOf, requestChecked, type Fetch } from "./http.ts";

/** The mailbox named `name` (32 hex digits). */
export function openMailbox(fetch: Fetch, relay: string, name: string): Mailbox {
  const url = `${relay}/v1/mailboxes/${name}`;
  return {
    post: async (message, signal) => {
      const reply = await requestChecked(fetch, url, { method: "POST", body: bodyOf(message), signal });
      return reply.ok ? ok(null) : reply;
    },
    read: async (number, signal) => {
      const reply = await requestChecked(fetch, `${url}?after=${number}`, { signal });
      const page = reply.ok ? await jsonOf<MailPage>(reply.value) : reply;
      return page.ok ? parseMail(page.value) : page;
    },
  };
}

/** The mail in a relay's answer. What is no mail at all is no answer; a body that is not base64url is a message of no bytes. */
function parseMail({ messages }: MailPage): Result<readonly Mail[], TransportError> {
  const isMail = (mail: MailPage["messages"][number] | null): boolean =>
    typeof mail === "object" && mail !== null && Number.isSafeInteger(mail.number) && typeof mail.body === "string";
  if (!Array.isArray(messages) || !messages.every(isMail)) return damaged("the relay's answer is not a mailbox");
  return ok(messages.map(({ number, body }) => ({ number, body: base64urlToBytes(body) ?? new Uint8Array(0) })));
}
