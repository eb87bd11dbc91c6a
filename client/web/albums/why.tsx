/** Why a photo is in an album, or is not: the rule as a tree, each clause with its answer and who said what it rests on. */
import type { ReactElement } from "react";
import type { AlbumId, PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import type { ExplanationNode } from "../model/types.ts";
import { Icon } from "../ui/icon.tsx";

/** The explanation. */
export function Why({ album, photo }: { readonly album: AlbumId; readonly photo: PhotoId }): ReactElement {
  const { engine } = useLibrary();
  const explanation = engine.explain(album, photo);
  if (explanation === null) return <p className="hint">The album or the photo is no longer there.</p>;
  return (
    <div className="why">
      <p>
        <strong>{explanation.in ? "In this album, because:" : "Not in this album, because:"}</strong>
      </p>
      <ul>
        <Node node={explanation.tree} />
      </ul>
    </div>
  );
}

function Node({ node }: { readonly node: ExplanationNode }): ReactElement {
  const whole = node.clause === "" ? node.why : node.clause;
  return (
    <li className={node.holds ? "holds" : "fails"}>
      <Icon name={node.holds ? "check" : "close"} />
      <span className="visually-hidden">{node.holds ? "Holds: " : "Does not hold: "}</span>
      <div>
        <code>{whole}</code>
        {node.why !== "" && node.why !== whole && <p>{node.why}</p>}
        {node.parts.length > 0 && (
          <ul>
            {node.parts.map((part, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a clause may stand twice in a rule, and the order is the rule's.
              <Node key={at} node={part} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
