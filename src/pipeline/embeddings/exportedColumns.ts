/** Columns that stand beside exported vectors: the image as its unit names it, its digest, and the run's answer. */
export const exportedColumns = ["image_path", "sha256", "category"] as const;

/** The column of vectors in Parquet. */
export const exportedVectorColumn = "embedding";
