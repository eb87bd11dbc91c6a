import { expect, test } from "vitest";
import type { FaceId } from "../ids/face.ts";
import type { Clusterer, ClusterInput } from "../ports/clusterer.ts";
import { clusterRemembered } from "./remembered-clusters.ts";

const face = (id: string, ...vector: readonly number[]) => ({ id: id as FaceId, vector: Int8Array.from(vector), quality: 1 });
const input = (change: Partial<ClusterInput> = {}): ClusterInput => ({
  faces: [face("a", 1, 2), face("b", 3, 4)],
  mustLink: [],
  cannotLink: [],
  ...change,
});

test("the same question is asked once, any other question anew, and the right answer is given", () => {
  const asked: ClusterInput[] = [];
  const cluster: Clusterer = (question) => {
    asked.push(question);
    return [[`answer ${asked.length}` as FaceId]];
  };
  const pair = [["a", "b"]] as unknown as ClusterInput["mustLink"];
  const questions = [
    input(),
    input({ faces: [face("a", 1, 2), face("b", 3, 5)] }),
    input({ faces: [face("a", 1, 2)] }),
    input({ mustLink: pair }),
    input({ cannotLink: pair }),
  ];
  expect(questions.map((question) => clusterRemembered(cluster, question)[0]?.[0])).toEqual(
    [1, 2, 3, 4, 5].map((number) => `answer ${number}`),
  );
  expect(clusterRemembered(cluster, input({ cannotLink: pair }))).toEqual([["answer 5"]]);
  expect(clusterRemembered(cluster, input({ faces: [face("a", 1, 2), face("b", 3, 5)] }))).toEqual([["answer 2"]]);
  expect(asked).toHaveLength(5);
  expect(clusterRemembered(cluster, input())).toEqual([["answer 6"]]);
  const other: Clusterer = () => [];
  expect(clusterRemembered(other, input())).toEqual([]);
});
