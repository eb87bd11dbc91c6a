/**
 * Scanning a pairing code with the camera. The camera stops as soon as a code was read or the dialog closes. Loaded when
 * somebody wants to scan: nobody else needs the reader.
 */
import { useEffect, useRef, useState, type ReactElement } from "react";
import { sentence } from "../app/use-edit.ts";
import { Dialog } from "../ui/dialog.tsx";
import { openCamera } from "./camera.ts";
import { readFrame } from "./read-code.ts";

/** Milliseconds between two looks at the picture. */
const lookMilliseconds = 120;

/** The dialog. */
export function ScanDialog(props: { readonly onCode: (code: string) => void; readonly onClose: () => void }): ReactElement {
  const video = useRef<HTMLVideoElement>(null);
  const [hint, setHint] = useState("Starting the camera …");
  const [problem, setProblem] = useState<string | null>(null);
  const onCode = useRef(props.onCode);
  onCode.current = props.onCode;
  useEffect(() => {
    const over = new AbortController();
    void scan(video, over.signal, setHint).then((outcome) => {
      if (over.signal.aborted) return;
      if (outcome.code !== null) onCode.current(outcome.code);
      else setProblem(outcome.reason);
    });
    return () => over.abort();
  }, []);
  return (
    <Dialog title="Scan the code" onClose={props.onClose}>
      <div className="stack scan">
        {problem === null ? (
          <>
            <video ref={video} muted playsInline aria-label="What the camera sees" />
            <p role="status">{hint}</p>
          </>
        ) : (
          <p className="problem" role="alert">
            {sentence(problem)}
          </p>
        )}
        <footer className="actions">
          <button type="button" className="button" onClick={props.onClose}>
            {problem === null ? "Stop" : "Close"}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}

type ScanOutcome = { readonly code: string } | { readonly code: null; readonly reason: string };

/** Looks through the camera until there is a code, a problem, or `signal` aborts. */
async function scan(
  video: React.RefObject<HTMLVideoElement | null>,
  signal: AbortSignal,
  say: (hint: string) => void,
): Promise<ScanOutcome> {
  const camera = await openCamera();
  if (!camera.ok) return { code: null, reason: camera.error.reason };
  const stop = (): void => {
    for (const track of camera.value.getTracks()) track.stop();
  };
  signal.addEventListener("abort", stop);
  try {
    const screen = video.current;
    if (signal.aborted || screen === null) return { code: null, reason: "" };
    screen.srcObject = camera.value;
    await screen.play();
    say("Hold the code of the other device into the picture.");
    while (!signal.aborted) {
      const reading = readFrame(screen);
      if (reading.kind === "code") return { code: reading.code };
      if (reading.kind === "other") say("This is a QR code, but no pairing code of Albumen.");
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    }
    return { code: null, reason: "" };
  } catch {
    return { code: null, reason: "the camera stopped: try again, choose a photo of the code instead, or type it" };
  } finally {
    stop();
  }
}
