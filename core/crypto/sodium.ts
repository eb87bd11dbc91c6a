/**
 * The one door to libsodium. Loading it is asynchronous (WASM), so this module waits at its top level: who imports anything
 * of `crypto` finds it ready.
 */
import sodium from "libsodium-wrappers-sumo";

await sodium.ready;

export { sodium };
