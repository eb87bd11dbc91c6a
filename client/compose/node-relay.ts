/** A relay on this machine: the one place where the client's programs start one. They share a wire format, never code. */
export { type RelayOptions, type RunningRelay, startRelay } from "@albumen/relay/serve.ts";
