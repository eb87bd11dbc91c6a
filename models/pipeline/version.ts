/** Name of the arithmetic of this folder: raised whenever any file of any photo could come out different. */
export const pipelineVersion = 1;
