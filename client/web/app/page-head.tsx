/** The head of a page: where one is, how much is here, and what can be done. */
import type { ReactElement, ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";

/** The head. */
export function PageHead(props: {
  readonly title: string;
  readonly note?: string;
  /** Address of the page above; null where there is none. */
  readonly back?: string;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <header className="page-head">
      {props.back !== undefined && (
        <a className="icon-button" href={props.back} aria-label="Back">
          <Icon name="back" />
        </a>
      )}
      <div className="page-title">
        <h1>{props.title}</h1>
        {props.note !== undefined && props.note !== "" && <span className="page-note">{props.note}</span>}
      </div>
      <div className="page-actions">{props.children}</div>
    </header>
  );
}
