/** `POST /v1/challenges` and `POST /v1/sessions`: how a device shows who it is. */
import { parseId } from "@albumen/core/ids/ids.ts";
import type { ChallengeRequest, SessionOwner } from "@albumen/core/wire/relay-api.ts";
import type { Hono } from "hono";
import { parseAnswer } from "../access/answer.ts";
import { readJson } from "../body.ts";
import type { RelayContext } from "../context.ts";
import { refusalResponse, refuse, storeRefusal } from "../refusal.ts";

/** Adds both routes. */
export function addSessionRoutes(app: Hono, { challenges, sessions, rosters }: RelayContext): void {
  app.post("/v1/challenges", async (request) => {
    const body = await readJson(request.req.raw);
    if (!body.ok) return refusalResponse(body.error);
    const asked = parseChallengeRequest(body.value);
    return asked === null ? refusalResponse(wrongIds) : request.json(challenges.create(asked));
  });
  app.post("/v1/sessions", async (request) => {
    const body = await readJson(request.req.raw);
    if (!body.ok) return refusalResponse(body.error);
    const asked = parseOwner(body.value);
    if (asked === null) return refusalResponse(wrongIds);
    const answer = parseAnswer(body.value);
    if (!answer.ok) return refusalResponse(answer.error);
    const { nonce, signature } = answer.value;
    const reason = challenges.check(asked, nonce, signature);
    if (reason !== null) return refusalResponse(refuse("unauthorised", reason));
    const members = await rosters.of(asked.library);
    if (!members.ok) return refusalResponse(storeRefusal(members.error));
    if (members.value === null) return refusalResponse(refuse("not-found", "this relay does not hold the library"));
    if (!members.value.roleByDevice.has(asked.device)) {
      return refusalResponse(refuse("forbidden", "this device was never admitted to the library"));
    }
    challenges.use(nonce);
    return request.json(sessions.open(asked));
  });
}

const wrongIds = refuse("bad-request", "library and device must each be 64 hexadecimal digits");

function parseChallengeRequest(body: Readonly<Record<string, unknown>>): ChallengeRequest | null {
  if (body["library"] !== undefined) return parseOwner(body);
  const device = parseId("DeviceId", body["device"]);
  return device === null ? null : { device };
}

function parseOwner({ library, device }: Readonly<Record<string, unknown>>): SessionOwner | null {
  const [libraryId, deviceId] = [parseId("LibraryId", library), parseId("DeviceId", device)];
  return libraryId === null || deviceId === null ? null : { library: libraryId, device: deviceId };
}
