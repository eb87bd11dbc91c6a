import { expect, test } from "vitest";
import type { DeviceId, LibraryId } from "../ids/ids.ts";
import { challengeLabel, challengeMessage, findLabel, findMessage } from "./relay-api.ts";

const [library, device] = ["1a".repeat(32) as LibraryId, "2b".repeat(32) as DeviceId];
const nonce = new Uint8Array(32).fill(0x3c);
const said = Buffer.concat([Buffer.alloc(32, 0x2b), Buffer.alloc(32, 0x3c), Buffer.from("1764000000000\nhttps://relay.example")]);

test("a challenge for a session is signed over library, device, nonce, expiry and origin, each in its place", () => {
  const message = challengeMessage({ library, device }, nonce, 1_764_000_000_000, "https://relay.example");
  expect(message).toEqual(Uint8Array.from([...Buffer.alloc(32, 0x1a), ...said]));
});

test("a challenge for a find is signed over the same without a library, under a label of its own", () => {
  expect(findMessage(device, nonce, 1_764_000_000_000, "https://relay.example")).toEqual(Uint8Array.from(said));
  expect([challengeLabel, findLabel]).toEqual(["albumen challenge 1", "albumen find 1"]);
});
