/** `albumen album …` and `albumen why`: smart albums. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { Engine } from "../../engine/api.ts";
import { selectAlbum, selectPhoto } from "../candidates.ts";
import type { RunCommand } from "../command.ts";
import { type CliResult, failed } from "../error.ts";
import type { Host } from "../host.ts";
import { stateEdit, withLibrary } from "../library.ts";
import { count, formatTable } from "../text/table.ts";
import { formatExplanation } from "../text/explanation.ts";
import type { AlbumView, LibraryView, PhotoView } from "../view-types.ts";

/** `album create NAME --rule RULE`. */
export const create: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const [name, rule] = [invocation.word("NAME"), invocation.option("rule") ?? ""];
    if (engine.state.view.albums.some((album) => album.name === name))
      host.terminal.note(`There is an album "${name}" already; this is another one.`);
    const album = engine.newAlbumId();
    const made = await stateEdit(engine, host, { kind: "createAlbum", album, name, rule }, { id: album, name, rule });
    const found = engine.state.view.albums.find(({ id }) => id === album);
    if (made.ok && found !== undefined) host.terminal.note(`It holds ${count(found.photos.length, "photo")} now.`);
    return made;
  });

/** `album rule NAME RULE`. */
export const rule: RunCommand = (invocation, host) =>
  withAlbum(invocation.word("NAME"), host, (album, engine) =>
    stateEdit(engine, host, { kind: "rule", album: album.id, rule: invocation.word("RULE") }),
  );

/** `album show NAME`. */
export const show: RunCommand = (invocation, host) =>
  withAlbum(invocation.word("NAME"), host, async (album, { state: { view } }) => {
    const { id, name, rule, problem } = album;
    const photos = album.photos.flatMap((id) => view.photos.filter((photo) => photo.id === id));
    const document = { id, name, rule, problem, photos: photos.map((photo) => ({ id: photo.id, file: photo.file })) };
    host.terminal.print(document, () => describe(album, photos));
    return ok(null);
  });

/** `album pin NAME PHOTO…`: in it whatever the rule says. */
export const pin: RunCommand = (invocation, host) =>
  withAlbum(invocation.word("NAME"), host, (album, engine) => {
    const photos = selectPhotos(engine.state.view, invocation.words("PHOTO"));
    return photos.ok ? stateEdit(engine, host, { kind: "pin", album: album.id, photos: photos.value }) : Promise.resolve(photos);
  });

/** `album exclude NAME PHOTO…`: not in it whatever the rule says. */
export const exclude: RunCommand = (invocation, host) =>
  withAlbum(invocation.word("NAME"), host, (album, engine) => {
    const photos = selectPhotos(engine.state.view, invocation.words("PHOTO"));
    return photos.ok
      ? stateEdit(engine, host, { kind: "exclude", album: album.id, photos: photos.value })
      : Promise.resolve(photos);
  });

/** `album delete NAME`: the album goes, its photos stay. */
export const remove: RunCommand = (invocation, host) =>
  withAlbum(invocation.word("NAME"), host, (album, engine) => stateEdit(engine, host, { kind: "deleteAlbum", album: album.id }));

/** `why ALBUM PHOTO`: which clause, which face, who said so, when, on which device. */
export const why: RunCommand = (invocation, host) =>
  withAlbum(invocation.word("ALBUM"), host, async (album, engine) => {
    const photo = selectPhoto(engine.state.view, invocation.word("PHOTO"));
    if (!photo.ok) return photo;
    const explanation = engine.explain(album.id, photo.value.id);
    if (explanation === null) return failed(`nothing is known about ${photo.value.file} in "${album.name}"`);
    host.terminal.print(explanation, () => formatExplanation(photo.value.file, album.name, explanation));
    return ok(null);
  });

function withAlbum(word: string, host: Host, work: (album: AlbumView, engine: Engine) => Promise<CliResult>): Promise<CliResult> {
  return withLibrary(host, async (engine) => {
    const album = selectAlbum(engine.state.view, word);
    return album.ok ? work(album.value, engine) : album;
  });
}

function selectPhotos(view: LibraryView, words: readonly string[]): CliResult<readonly PhotoView["id"][]> {
  const ids: PhotoView["id"][] = [];
  for (const word of words) {
    const photo = selectPhoto(view, word);
    if (!photo.ok) return photo;
    ids.push(photo.value.id);
  }
  return ok(ids);
}

function describe({ name, rule, problem, pins }: AlbumView, photos: readonly PhotoView[]): string[] {
  const rows = photos.map(({ id, file, taken }) => [
    id.slice(0, 8),
    file,
    taken?.replace("T", " ") ?? "",
    pins.includes(id) ? "pinned" : "",
  ]);
  const columns = [{ title: "PHOTO" }, { title: "FILE" }, { title: "TAKEN" }, { title: "" }];
  return [
    `${name}: ${rule ?? "no rule"}`,
    ...(problem === null ? [] : [problem]),
    ...(rows.length > 0 ? ["", ...formatTable(columns, rows)] : []),
    "",
    `${count(photos.length, "photo")}.`,
  ];
}
