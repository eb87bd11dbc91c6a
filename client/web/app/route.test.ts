import { expect, test } from "vitest";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { href, parseRoute } from "./route.ts";

const photo = "ab".repeat(16) as PhotoId;

test.each([
  [href("people"), { page: "people", id: null, photo: null }],
  [href("album", "cd".repeat(16), photo), { page: "album", id: "cd".repeat(16), photo }],
  ["", { page: "photos", id: null, photo: null }],
  ["#/nowhere/../..", { page: "photos", id: "..", photo: null }],
  ["#/photos?photo=<script>", { page: "photos", id: null, photo: null }],
])("%s", (hash, route) => expect(parseRoute(hash)).toEqual(route));
