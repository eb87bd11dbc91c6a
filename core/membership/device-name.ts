/** Names of devices: shown on other people's screens, so nothing that hides or turns text. */

/** Whether `name` may be the name of a device: 1 … 100 UTF-16 units, not blank, no control or direction marks. */
export function isDeviceName(name: string): boolean {
  return name.length >= 1 && name.length <= 100 && name.trim() !== "" && !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(name);
}
