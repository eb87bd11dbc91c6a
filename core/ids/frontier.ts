/** Frontier: where a device's chain stood when somebody looked. */
import type { DeviceId, RecordHash } from "./ids.ts";

/** A record of a device, named by its place in the device's chain. */
export interface Frontier {
  readonly device: DeviceId;
  /** From 1. */
  readonly sequence: number;
  readonly hash: RecordHash;
}
