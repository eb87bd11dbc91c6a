/** What a screen says while it has nothing to show: what will be here, and what to do for it. */
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** An empty screen with its invitation. */
export function Empty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}): ReactElement {
  return (
    <section className="empty">
      <span className="empty-icon">
        <Icon name={props.icon} />
      </span>
      <h2>{props.title}</h2>
      <p>{props.children}</p>
      {props.action}
    </section>
  );
}
