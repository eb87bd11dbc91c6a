import { describe, expect, test } from "vitest";
import type { EventSource } from "../facts/assertion.ts";
import { createFaceId, type FaceId } from "../ids/face.ts";
import type { DeviceId, PackId, PersonId, PhotoId } from "../ids/ids.ts";
import type { Clusterer, ClusterInput } from "../ports/clusterer.ts";
import { judgeBelonging, sureDot } from "./belonging.ts";
import { clusterShownFaces } from "./face-clusters.ts";
import type { FaceStanding } from "./face-standings.ts";
import type { ShownFace } from "./shown-faces.ts";

const [anna, ben] = ["a", "b"].map((digit) => digit.repeat(32)) as [PersonId, PersonId];

/** Face `number`, announced at `height`, with a vector along the first axis unless it says otherwise. */
function face(
  number: number,
  { height = 1, device = "d", pack = "1", vector = [127, 0] as readonly number[] | null } = {},
): ShownFace {
  const photo = number.toString(16).padStart(32, "0") as PhotoId;
  const box = { x: 0, y: 0, w: 10, h: 10 };
  return {
    id: createFaceId({ photo, box, pack: pack.repeat(32) as PackId }),
    photo,
    box,
    manual: vector === null,
    quality: 1,
    vector: vector === null ? null : Int8Array.from([...vector, ...new Array<number>(14).fill(0)]),
    first: { height, device: device as DeviceId } as EventSource,
  };
}

const nothingSaid: FaceStanding = {
  names: new Set(),
  assign: null,
  person: null,
  confirming: [],
  denies: new Map(),
  unsure: new Set(),
  ignore: null,
  conflicts: [],
};

type Said = readonly [ShownFace, Partial<FaceStanding>];

const standings = (...said: readonly Said[]): ReadonlyMap<FaceId, FaceStanding> =>
  new Map(said.map(([{ id }, standing]) => [id, { ...nothingSaid, ...standing }]));

/** Everything in one cluster, whatever was said. */
const together: Clusterer = ({ faces }) => [faces.map(({ id }) => id)];

/** What a clusterer is given. */
function inputsOf(faces: readonly ShownFace[], ...said: readonly Said[]): readonly ClusterInput[] {
  const inputs: ClusterInput[] = [];
  clusterShownFaces(faces, standings(...said), (input) => {
    inputs.push(input);
    return together(input);
  });
  return inputs;
}

const [one, two, three, four] = [1, 2, 3, 4].map((number) => face(number)) as [ShownFace, ShownFace, ShownFace, ShownFace];

describe("what the clusterer is given", () => {
  test("confirmed faces of a class belong together, two classes apart, a denied face apart from the class", () => {
    const [input] = inputsOf(
      [four, three, two, one],
      [one, { person: anna }],
      [two, { person: anna }],
      [three, { person: ben }],
      [four, { denies: new Map([[anna, []]]) }],
    );
    expect(input?.faces.map(({ id }) => id)).toEqual([one, two, three, four].map(({ id }) => id));
    expect(input?.mustLink).toEqual([[one.id, two.id]]);
    expect(input?.cannotLink).toEqual([
      [one.id, three.id],
      [four.id, one.id],
    ]);
  });

  test("ignored faces and drawn faces are not, and each pack's space stands alone", () => {
    const drawn = face(5, { vector: null });
    const other = face(6, { pack: "2" });
    const inputs = inputsOf([one, two, drawn, other], [one, { ignore: {} as FaceStanding["ignore"] }]);
    expect(inputs.map(({ faces }) => faces.map(({ id }) => id))).toEqual([[two.id], [other.id]]);
  });
});

describe("clusters", () => {
  const idOf = (...faces: readonly ShownFace[]): string | undefined => clusterShownFaces(faces, new Map(), together)[0]?.id;

  test("the id is that of the earliest face by (height, device, face): later faces never change it", () => {
    expect(idOf(one, two)).toBe(idOf(one));
    expect(idOf(face(9, { height: 1 }), face(1, { height: 2 }))).toBe(idOf(face(9)));
    expect(idOf(face(9, { device: "c" }), face(1, { device: "d" }))).toBe(idOf(face(9)));
    expect(idOf(two)).not.toBe(idOf(one));
  });

  test("a cluster belongs to the class of its confirmed faces, and to nobody where a clusterer mixes two", () => {
    const [mixed] = clusterShownFaces([one, two], standings([one, { person: anna }], [two, { person: ben }]), together);
    const [named] = clusterShownFaces([one, two], standings([one, { person: anna }]), together);
    expect([mixed?.person, named?.person]).toEqual([null, anna]);
  });
});

describe("belonging", () => {
  const judge = (faces: readonly ShownFace[], ...said: readonly Said[]) => {
    const all = standings(...said);
    return judgeBelonging(faces, clusterShownFaces(faces, all, together), all);
  };

  test("a face is sure from the published dot product on, and suggested below", () => {
    const near = face(2, { vector: [64, 109] });
    const far = face(3, { vector: [63, 110] });
    expect([64 * 127 >= sureDot, 63 * 127 >= sureDot]).toEqual([true, false]);
    const belongings = judge([one, near, far], [one, { person: anna }]);
    expect(belongings.get(one.id)).toMatchObject({ person: anna, belonging: "confirmed", nearest: null });
    expect(belongings.get(near.id)).toMatchObject({ person: anna, belonging: "sure", nearest: { face: one.id, dot: 64 * 127 } });
    expect(belongings.get(far.id)).toMatchObject({ person: anna, belonging: "suggested" });
  });

  test("a face that was denied for the cluster's person is neither, also where the clusterer leaves it there", () => {
    const belongings = judge([one, two], [one, { person: anna }], [two, { denies: new Map([[anna, []]]) }]);
    expect(belongings.get(two.id)).toMatchObject({ person: null, belonging: null, cluster: expect.any(String) });
  });

  test("a face without a vector is whose it was said to be", () => {
    const drawn = face(5, { vector: null });
    expect(judge([drawn], [drawn, { person: ben }]).get(drawn.id)).toEqual({
      cluster: null,
      person: ben,
      belonging: "confirmed",
      nearest: null,
    });
  });

  test("of equally near faces the least is named", () => {
    expect(judge([one, two, three], [two, { person: anna }], [one, { person: anna }]).get(three.id)?.nearest?.face).toBe(one.id);
  });
});
