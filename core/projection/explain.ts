/**
 * Explanations: why a photo is in an album, or is not. The root is what decides: what people said of the single photo (trashed,
 * hidden, excluded, pinned), else the rule; beneath it stands the evaluated tree, and beneath each leaf the facts.
 */
import type { Album } from "../albums/albums.ts";
import { holdsRule } from "../albums/evaluate.ts";
import { printRule } from "../albums/rule-printer.ts";
import type { Rule } from "../albums/rule.ts";
import { compareAssertions, type Assertion } from "../facts/assertion.ts";
import type { AlbumId, PhotoId } from "../ids/ids.ts";
import { photosForAlbums } from "./album-views.ts";
import { bySource, explainClause } from "./explain-clause.ts";
import { describeFact } from "./fact-text.ts";
import type { Projection } from "./project.ts";
import type { ExplainedFact, Explanation, ExplanationNode, PhotoView } from "./view.ts";

interface Node extends ExplanationNode {
  readonly beneath: readonly Assertion[];
  readonly parts: readonly Node[];
}

/** Why `photo` is in `album`, or why it is not; null where there is no such album or photo. */
export function explainMembership(projection: Projection, album: AlbumId, photo: PhotoId): Explanation | null {
  const known = projection.albums.byId.get(album);
  const view = projection.photoById.get(photo);
  if (known === undefined || view === undefined) return null;
  const tree = explainAlbum(known, view, projection, true);
  const factById = new Map(collectBeneath(tree).map((assertion) => [assertion.fact, assertion]));
  const facts = [...factById.values()].sort(compareAssertions).map((assertion) => explainFact(assertion, projection));
  return { in: known.members.has(photo), tree: withoutAssertions(tree), facts };
}

/** `deep` where albums that the rule uses are explained as well: one level, since each may use many others. */
function explainAlbum(album: Album, photo: PhotoView, projection: Projection, deep: boolean): Node {
  const { trash, hide } = projection.stateOf(photo.id);
  const exclude = album.excludes.get(photo.id) ?? null;
  const pin = album.pins.get(photo.id) ?? null;
  const rule = album.rule === null || album.problem !== null ? [] : [explainRule(album.rule, photo, projection, deep)];
  if (photo.trashed && trash !== null) return said("trashed", "It is in the trash", trash, rule, projection);
  if (photo.hidden && hide !== null) return said("hidden", "It is hidden", hide, rule, projection);
  if (exclude !== null) return said("excluded", "Taken out of this album by hand", exclude, rule, projection);
  if (pin !== null) return said("pinned", "Added to this album by hand", pin, rule, projection);
  const [root] = rule;
  if (root !== undefined) return root;
  const clause = album.problem === null ? "pinned" : "rule";
  const why = album.problem ?? "The album has no rule, and nobody added this photo.";
  return { clause, holds: false, why, facts: [], parts: [], beneath: [] };
}

function explainRule(rule: Rule, photo: PhotoView, projection: Projection, deep: boolean): Node {
  const clause = printRule(rule, projection.names);
  const [asked] = photosForAlbums([photo]);
  const holds = asked !== undefined && holdsRule(rule, asked, projection.albums.clauses);
  switch (rule.kind) {
    case "all":
    case "any": {
      const parts = rule.rules.map((part) => explainRule(part, photo, projection, deep));
      const count = parts.filter((part) => part.holds).length;
      const due = rule.kind === "all" ? "all are due" : "one is enough";
      return { clause, holds, why: `${count} of ${parts.length} hold; ${due}.`, facts: [], parts, beneath: [] };
    }
    case "not": {
      const part = explainRule(rule.rule, photo, projection, deep);
      return {
        clause,
        holds,
        why: `What must not hold ${part.holds ? "holds" : "does not"}.`,
        facts: [],
        parts: [part],
        beneath: [],
      };
    }
    default: {
      const { why, beneath } = explainClause(rule, photo, projection);
      const used = rule.kind === "album" && deep ? projection.albums.byId.get(rule.album) : undefined;
      const parts = used === undefined ? [] : [explainAlbum(used, photo, projection, false)];
      return { clause, holds, why, facts: beneath.map(({ fact }) => fact), parts, beneath };
    }
  }
}

function said(clause: string, why: string, assertion: Assertion, parts: readonly Node[], projection: Projection): Node {
  const sentence = `${why}: ${bySource(assertion, projection)}.`;
  return { clause, holds: true, why: sentence, facts: [assertion.fact], parts, beneath: [assertion] };
}

function collectBeneath(node: Node): readonly Assertion[] {
  return [...node.beneath, ...node.parts.flatMap(collectBeneath)];
}

function withoutAssertions({ clause, holds, why, facts, parts }: Node): ExplanationNode {
  return { clause, holds, why, facts: [...new Set(facts)], parts: parts.map(withoutAssertions) };
}

function explainFact({ fact, source, statement }: Assertion, { words }: Projection): ExplainedFact {
  return { id: fact, device: source.device, at: source.at, text: describeFact([statement], words) };
}
