/** `POST` and `GET /v1/mailboxes/M`: small messages between two devices that pair. Who knows the name may read and write. */
import { bytesToBase64url } from "@albumen/core/primitives/bytes.ts";
import type { MailPage, MailReply } from "@albumen/core/wire/relay-api.ts";
import type { Hono } from "hono";
import { readBody } from "../body.ts";
import type { RelayContext } from "../context.ts";
import { refusalResponse, refuse } from "../refusal.ts";

/** At least 128 bits in any of the text forms. */
const namePattern = /^[A-Za-z0-9_-]{22,128}$/;

/** Adds both routes. */
export function addMailboxRoutes(app: Hono, { mailboxes, limits }: RelayContext): void {
  app.post("/v1/mailboxes/:mailbox", async (request) => {
    const name = request.req.param("mailbox");
    if (!namePattern.test(name)) return refusalResponse(wrongName);
    const body = await readBody(request.req.raw, limits.mailBytes);
    if (!body.ok) return refusalResponse(body.error);
    const posted = mailboxes.post(name, body.value);
    return posted.ok ? request.json({ number: posted.value } satisfies MailReply) : refusalResponse(posted.error);
  });
  app.get("/v1/mailboxes/:mailbox", async (request) => {
    const name = request.req.param("mailbox");
    const after = request.req.query("after") ?? "0";
    if (!namePattern.test(name)) return refusalResponse(wrongName);
    if (!/^\d{1,9}$/.test(after)) return refusalResponse(refuse("bad-request", '"after" is not the number of a message'));
    const mail = await mailboxes.read(name, Number(after), request.req.raw.signal);
    if (!mail.ok) return refusalResponse(mail.error);
    const messages = mail.value.map(({ number, body }) => ({ number, body: bytesToBase64url(body) }));
    return request.json({ messages } satisfies MailPage);
  });
}

const wrongName = refuse("bad-request", "a mailbox's name has 22 to 128 letters, digits, - or _");
