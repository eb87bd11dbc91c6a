import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listFiles } from "./list-files.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "albumen-list-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (path: string, content = "x") => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), content);
};
const listed = async (...paths: string[]) => {
  const files = await listFiles(paths.map((path) => join(root, path)));
  return files.ok ? files.value.map(({ path }) => path.slice(root.length + 1)) : files.error;
};

test("a folder gives everything beneath it, in order of the paths' code units", async () => {
  for (const path of ["b.jpg", "a/2.jpg", "a/10.jpg", "Z.jpg", "a/c/1.jpg"]) put(path);
  expect(await listed(".")).toEqual(["Z.jpg", "a/10.jpg", "a/2.jpg", "a/c/1.jpg", "b.jpg"]);
});

test("files come as they are named, each once", async () => {
  for (const path of ["a.jpg", "b.jpg"]) put(path);
  expect(await listed("b.jpg", "a.jpg", "b.jpg", ".")).toEqual(["b.jpg", "a.jpg"]);
});

test("what begins with a dot is left alone inside folders and taken where it is named", async () => {
  for (const path of [".DS_Store", ".trash/a.jpg", "a.jpg"]) put(path);
  expect(await listed(".")).toEqual(["a.jpg"]);
  expect(await listed(".DS_Store")).toEqual([".DS_Store"]);
});

test("links to folders are not followed, so a circle ends; links to files are, and a link to nowhere is listed", async () => {
  put("a.jpg");
  symlinkSync(root, join(root, "circle"));
  symlinkSync(join(root, "a.jpg"), join(root, "b.jpg"));
  symlinkSync(join(root, "gone"), join(root, "c.jpg"));
  expect(await listed(".")).toEqual(["a.jpg", "b.jpg", "c.jpg"]);
});

test("sizes are known, and a path that leads nowhere is named", async () => {
  put("a.jpg", "12345");
  expect(await listFiles([join(root, "a.jpg")])).toMatchObject({ ok: true, value: [{ bytes: 5 }] });
  expect(await listed("none")).toBe(`there is no file or folder ${join(root, "none")}`);
});
