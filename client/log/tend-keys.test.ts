import { createMemberWorld } from "@albumen/core/testing/member-world.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { describe, expect, test } from "vitest";
import { isRotationDue } from "./tend-keys.ts";

const day = 24 * 3_600_000;
const world = createMemberWorld(51);
const { founder, words } = world;
const phone = world.stranger();
world.add(founder, phone);
const [laptop, mobile] = [founder.keys.device, phone.keys.device];
// The world's records are written at time 0.
const membership = world.membership(founder);
const activeAt =
  (times: Readonly<Record<DeviceId, number>>) =>
  (device: DeviceId): number | null =>
    times[device] ?? null;

describe("the monthly rotation", () => {
  test("is due once every head is older than thirty days, and not before", () => {
    const active = activeAt({ [laptop]: 31 * day });
    expect(isRotationDue(membership, laptop, active, 30 * day - 1)).toBe(false);
    expect(isRotationDue(membership, laptop, active, 30 * day)).toBe(true);
  });

  test("is the most senior device's turn that is in use, and never the words'", () => {
    const now = 100 * day;
    const both = activeAt({ [laptop]: now - day, [mobile]: now - day });
    expect([laptop, mobile, words.keys.device].map((device) => isRotationDue(membership, device, both, now))).toEqual([
      true,
      false,
      false,
    ]);
    const idle = activeAt({ [laptop]: now - 31 * day, [mobile]: now - day });
    expect([laptop, mobile].map((device) => isRotationDue(membership, device, idle, now))).toEqual([true, true]);
    const never = activeAt({ [mobile]: now });
    expect(isRotationDue(membership, mobile, never, now)).toBe(true);
  });

  test("is over when somebody has rotated", () => {
    const later = world.membership(founder);
    expect(isRotationDue(later, laptop, activeAt({}), 10 * day)).toBe(false);
    const unread = { ...membership, privateParts: new Map() };
    expect(isRotationDue(unread, laptop, activeAt({}), 10 * day)).toBe(true);
    const part = { at: Number.MAX_SAFE_INTEGER, names: [], wraps: [], seen: [] };
    const future = { ...membership, privateParts: new Map([...membership.privateParts.keys()].map((hash) => [hash, part])) };
    expect(isRotationDue(future, laptop, activeAt({}), 10 * day)).toBe(true);
  });
});
