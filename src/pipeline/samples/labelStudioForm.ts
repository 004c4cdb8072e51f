/** Names of the controls in the label configuration that Clipbook writes. */
export const labelStudioControls = { category: "category", note: "note" } as const;

/** Keys of a task's data that Clipbook writes beside the picture. */
export const labelStudioKeys = {
  picture: "image",
  image: "clipbook_image",
  sampleDigest: "clipbook_sample",
} as const;
