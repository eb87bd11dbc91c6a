/** The camera as a stream of pictures, or a sentence that says why there is none. */
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";

/** Why there is no picture. */
export interface CameraError {
  readonly reason: string;
}

const others = "choose a photo of the code instead, or type it";

/** Opens the camera that looks away from the person, where there are two. Whoever gets the stream stops its tracks. */
export async function openCamera(): Promise<Result<MediaStream, CameraError>> {
  // Browsers hide cameras from pages that somebody on the way could have changed.
  if (!window.isSecureContext || navigator.mediaDevices === undefined)
    return err({ reason: `the camera works only where this page comes over https, or from this machine itself: ${others}` });
  try {
    const video = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    return ok(await navigator.mediaDevices.getUserMedia({ video, audio: false }));
  } catch (cause) {
    return err({ reason: reasonOf(cause instanceof DOMException ? cause.name : "") });
  }
}

function reasonOf(name: string): string {
  switch (name) {
    case "NotAllowedError":
      return `this page may not use the camera: allow it in the browser's settings for this page, ${others}`;
    case "NotFoundError":
    case "OverconstrainedError":
      return `there is no camera here: ${others}`;
    case "NotReadableError":
      return `another program uses the camera: close it, ${others}`;
    default:
      return `the camera does not start: ${others}`;
  }
}
