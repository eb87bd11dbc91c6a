import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { readTypedWords } from "./typed-words.ts";
import { createWords } from "./words.ts";

const words = createWords(seededRandom(31));
const list = words.split(" ");

test("a word that is still being typed is no slip as long as some word begins like it", () => {
  expect(readTypedWords("")).toEqual({ count: 0, strange: [], complete: false, fitting: false });
  expect(readTypedWords("aban")).toEqual({ count: 1, strange: [], complete: false, fitting: false });
  expect(readTypedWords("aban ")).toMatchObject({ count: 1, strange: [1] });
  expect(readTypedWords("abandon abx")).toMatchObject({ count: 2, strange: [2] });
  expect(readTypedWords("abandonn zoo\nab")).toMatchObject({ count: 3, strange: [1] });
});

test("all 24 fit, however they are written, and no others do", () => {
  const fitting = { count: 24, strange: [], complete: true, fitting: true };
  expect(readTypedWords(words)).toEqual(fitting);
  expect(readTypedWords(` ${words.toUpperCase().replaceAll(" ", "\n")} `)).toEqual(fitting);
  const swapped = list.with(2, list[3] ?? "").with(3, list[2] ?? "");
  expect(readTypedWords(swapped.join(" "))).toEqual({ ...fitting, fitting: false });
  expect(readTypedWords(list.slice(1).join(" "))).toMatchObject({ count: 23, complete: false, fitting: false });
  expect(readTypedWords(`${words} zoo`)).toMatchObject({ count: 25, complete: false, fitting: false });
  expect(readTypedWords(list.with(23, "zo").join(" "))).toMatchObject({ strange: [], complete: false, fitting: false });
});
