/** Port: grouping faces that look alike. */
import type { FaceId } from "../ids/face.ts";

/** A face with its embedding (L2-normalised at scale 127) and its quality, 0 … 65535. */
export interface ClusterFace {
  readonly id: FaceId;
  readonly vector: Int8Array;
  readonly quality: number;
}

/** Faces and what people said about them. */
export interface ClusterInput {
  readonly faces: readonly ClusterFace[];
  readonly mustLink: readonly (readonly [FaceId, FaceId])[];
  readonly cannotLink: readonly (readonly [FaceId, FaceId])[];
}

/** A pure function of the set of faces and constraints: each cluster sorted by face, the clusters by their first face. */
export type Clusterer = (input: ClusterInput) => readonly (readonly FaceId[])[];
