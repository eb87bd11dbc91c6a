/** Imports for all screens: one at a time, with progress, a way to stop, and what became of it. */
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactElement, type ReactNode } from "react";
import type { ImportFile, ImportProgress, ImportReport } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";

/** The importer. */
export interface Importer {
  /** Null while none runs. */
  readonly progress: ImportProgress | null;
  /** Of the last import; null once it was read. */
  readonly report: ImportReport | null;
  readonly start: (files: readonly ImportFile[]) => void;
  readonly stop: () => void;
  readonly forget: () => void;
}

const ImporterContext = createContext<Importer | null>(null);

/** Offers the importer to all screens beneath. */
export function ImporterProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const { engine } = useLibrary();
  const show = useToast();
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const abort = useRef<AbortController | null>(null);
  const start = useCallback(
    async (files: readonly ImportFile[]): Promise<void> => {
      if (abort.current !== null) return show({ text: "An import is running: wait for its end, or stop it.", tone: "problem" });
      if (files.length === 0) return show({ text: "There are no files in it.", tone: "problem" });
      const running = new AbortController();
      abort.current = running;
      setReport(null);
      setProgress({ done: 0, total: files.length, faces: 0, rate: 0, secondsLeft: null, file: files[0]?.name ?? "" });
      try {
        const imported = await engine.importFiles(files, { progress: setProgress, signal: running.signal });
        if (imported.ok) setReport(imported.value);
        else show({ text: sentence(imported.error.reason), tone: "problem" });
      } catch (cause) {
        show({ text: `The import ended early: ${String(cause)}`, tone: "problem" });
      } finally {
        abort.current = null;
        setProgress(null);
      }
    },
    [engine, show],
  );
  const importer = useMemo(
    () => ({
      progress,
      report,
      start: (files: readonly ImportFile[]) => void start(files),
      stop: () => abort.current?.abort(),
      forget: () => setReport(null),
    }),
    [progress, report, start],
  );
  return <ImporterContext value={importer}>{children}</ImporterContext>;
}

/** The importer above. @throws where there is none. */
export function useImporter(): Importer {
  const importer = useContext(ImporterContext);
  if (importer === null) throw new Error("a screen that imports was drawn outside of a library");
  return importer;
}
