/**
 * Whose actor. An actor of a device begins with the device's prefix (`author.ts`). Where `changeAt` writes beside what is there,
 * Automerge derives another actor: 13 b2 23 09 ‖ a level as LEB128 ‖ the actor, which is the same device's.
 */
import type { DeviceId } from "../../ids/ids.ts";
import { actorPrefix } from "../author.ts";

const derived = "13b22309";

/** What says whose `actor` (hex) is: 16 bytes in hex. */
export function prefixOfActor(actor: string): string {
  if (!actor.startsWith(derived)) return actor.slice(0, 32);
  let at = derived.length;
  while (Number.parseInt(actor.slice(at, at + 2), 16) >= 128) at += 2;
  return actor.slice(at + 2, at + 34);
}

/** Finds the device of an actor among `devices`; null where it is none of theirs. */
export function createActorDevices(devices: readonly DeviceId[]): (actor: string) => DeviceId | null {
  const byPrefix = new Map(devices.map((device) => [actorPrefix(device), device]));
  return (actor) => byPrefix.get(prefixOfActor(actor)) ?? null;
}
