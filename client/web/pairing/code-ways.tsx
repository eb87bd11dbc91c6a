/** The ways to a code that need no typing: the camera, and a photo of the code. */
import { lazy, Suspense, useId, useState, type ReactElement } from "react";
import { Icon } from "../ui/icon.tsx";

const ScanDialog = lazy(async () => ({ default: (await import("./scan-dialog.tsx")).ScanDialog }));

/** Two buttons; `onCode` gets what was read. */
export function CodeWays({ onCode }: { readonly onCode: (code: string) => void }): ReactElement {
  const [scanning, setScanning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const photoId = useId();
  const take = (code: string): void => {
    setScanning(false);
    setProblem(null);
    onCode(code);
  };
  const readFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setProblem(null);
    const { readPhoto } = await import("./read-code.ts");
    const reading = await readPhoto(file);
    if (reading.kind === "code") return take(reading.code);
    setProblem(reading.kind === "other" ? otherCode : noCode);
  };
  return (
    <>
      <div className="code-ways">
        <button type="button" className="button" onClick={() => setScanning(true)}>
          <Icon name="scan" /> Scan with the camera
        </button>
        <label className="button" htmlFor={photoId}>
          <Icon name="photos" /> Photo of the code
          <input
            id={photoId}
            className="visually-hidden"
            type="file"
            accept="image/*"
            onChange={(event) => {
              void readFile(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
        </label>
      </div>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {scanning && (
        <Suspense fallback={null}>
          <ScanDialog onCode={take} onClose={() => setScanning(false)} />
        </Suspense>
      )}
    </>
  );
}

const otherCode = "There is a QR code on this photo, but it is no pairing code of Albumen.";
const noCode =
  "No code can be read on this photo. Take it straight on and close enough that the code fills it, or type the code.";
