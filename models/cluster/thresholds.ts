/**
 * The published thresholds of clustering. Similarities are dot products at scale 127, so 16,129 (127²) stands for cosine 1;
 * they were chosen on Labeled Faces in the Wild with the full pack (see the README) and hold for that pack's embedding.
 * Changing one changes what people see: it goes with a new projection version.
 */

/** Two faces are candidates for one cluster from here on: cosine 0.42. */
export const candidateDot = 6775;
/** Each face keeps this many candidates, the most similar ones. */
export const candidatesPerFace = 32;
/** Two clusters are merged while their linkage (see linkage.ts) is at least this: 0.50. */
export const mergeLinkage = 8065;
/** A cluster of at most this many faces may join a larger one in step 2. */
export const stragglerFaces = 2;
/** A straggler joins only where the cosine to the larger cluster's centroid is at least 0.42 … */
export const joinCentroid = 6775;
/** … and 0.14 above that of the next best. */
export const joinMargin = 2258;
