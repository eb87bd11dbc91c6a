import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LibraryView } from "@albumen/core/projection/view.ts";
import { exchange, type TestDevice } from "../arbitraries/library-world.ts";
import { libraryScripts, playScript, playSteps, type Step } from "../arbitraries/library-scripts.ts";

/** What an undo must bring back: everything but history, heights and the records themselves. */
function answer({ photos, people, clusters, albums, conflicts, digest }: LibraryView): unknown {
  return { photos, people, clusters, albums, conflicts, digest: digest.digest };
}

function lastEvent(device: TestDevice): string {
  const { history } = device.view();
  return history[history.length - 1]?.id ?? "";
}

const laterStep: fc.Arbitrary<Step> = fc.record({
  device: fc.constant(0),
  action: fc.nat(29),
  pick: fc.nat(40),
  other: fc.nat(40),
});

describe("undo", () => {
  test("brings back exactly what stood before, on another device; redo brings back exactly what stood after", () => {
    let undone = 0;
    fc.assert(
      fc.property(libraryScripts(25), laterStep, (steps, step) => {
        const played = playScript(steps);
        const [laptop, phone] = played.devices as [TestDevice, TestDevice];
        exchange(...played.devices);
        const before = answer(laptop.view());
        if (playSteps(played, [step]).length === 0) return;
        const edit = lastEvent(laptop);
        const after = answer(laptop.view());
        phone.receive(laptop);
        const undo = phone.edit({ kind: "undo", event: edit });
        expect(answer(phone.view())).toEqual(before);
        laptop.receive(phone);
        const redo = laptop.edit({ kind: "undo", event: undo });
        expect(answer(laptop.view())).toEqual(after);
        phone.receive(laptop);
        phone.edit({ kind: "undo", event: redo });
        expect(answer(phone.view())).toEqual(before);
        undone++;
      }),
      { seed: 11, numRuns: 250 },
    );
    expect(undone).toBeGreaterThan(100);
  });

  test("what was replaced since can be taken back too, and does not return when its replacement is taken back", () => {
    const [laptop] = playScript([]).devices as [TestDevice];
    const photo = laptop.view().photos[0]?.id as never;
    const first = laptop.edit({ kind: "caption", photo, text: "first" });
    const second = laptop.edit({ kind: "caption", photo, text: "second" });
    laptop.edit({ kind: "undo", event: first });
    expect(laptop.view().photos[0]?.caption).toBe("second");
    laptop.edit({ kind: "undo", event: second });
    expect(laptop.view().photos[0]?.caption).toBeNull();
  });

  test("two devices that take back the same agree, and one redo brings it back", () => {
    const played = playScript([]);
    const [laptop, phone] = played.devices as [TestDevice, TestDevice];
    const photo = laptop.view().photos[0]?.id as never;
    const event = laptop.edit({ kind: "favourite", photo, favourite: true });
    exchange(laptop, phone);
    const undo = laptop.edit({ kind: "undo", event });
    phone.edit({ kind: "undo", event });
    exchange(laptop, phone);
    expect(laptop.view().photos[0]?.favourite).toBe(false);
    laptop.edit({ kind: "undo", event: undo });
    expect(laptop.view().photos[0]?.favourite).toBe(true);
  });

  test("history says what was undone; what is undone cannot be undone twice, and neither can an import", () => {
    const played = playScript([]);
    const [laptop] = played.devices as [TestDevice];
    const photo = laptop.view().photos[0]?.id as never;
    const event = laptop.edit({ kind: "caption", photo, text: "at the lake" });
    laptop.edit({ kind: "undo", event });
    expect(laptop.view().history.find(({ id }) => id === event)?.undone).toBe(true);
    expect(laptop.plan({ kind: "undo", event })).toMatchObject({ ok: false, error: { kind: "nothing-to-do" } });
    const [imported] = laptop.view().history;
    expect(imported).toMatchObject({ what: "import", undone: false, apart: null, text: "4 photos added." });
    expect(laptop.plan({ kind: "undo", event: imported?.id ?? "" })).toMatchObject({
      ok: false,
      error: { kind: "nothing-to-do" },
    });
    expect(laptop.plan({ kind: "undo", event: "elsewhere.0" })).toMatchObject({ ok: false, error: { kind: "unknown-subject" } });
  });
});
