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

/**
 * An unconfirmed face of a named person's cluster is sure, and enters albums, where its cosine with the centroid of the
 * person's confirmed faces is at least this, in 1/10,000 (`faceSimilarity`); below it, it is a suggestion.
 */
export const sureSimilarity = 3500;
/**
 * A face outside of a person's clusters is suggested from here on, in 1/10,000; two faces of different people reach it in
 * one of a thousand comparisons.
 */
export const suggestedSimilarity = 3240;
