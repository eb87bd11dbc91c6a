/** A page with one thing to know and one thing to do. */
import type { ReactElement, ReactNode } from "react";
import { Logo } from "../ui/logo.tsx";

/** The page. */
export function Notice(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  readonly onAction: () => void;
}): ReactElement {
  return (
    <main className="welcome">
      <Logo />
      <h1>{props.title}</h1>
      <p>{props.children}</p>
      <button type="button" className="button primary" onClick={props.onAction}>
        {props.action}
      </button>
    </main>
  );
}
