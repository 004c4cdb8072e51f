import sharp from "sharp";

// Only these loaders may ever see a user's bytes: a libvips or SVG file that calls itself .jpg is refused.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpeg",
    "VipsForeignLoadPng",
    "VipsForeignLoadWebp",
    "VipsForeignLoadNsgif",
    "VipsForeignLoadTiff",
    "VipsForeignLoadHeif",
  ],
});
// Several pictures are decoded side by side, so each needs one thread only; nothing is decoded twice.
sharp.concurrency(1);
sharp.cache(false);

/** sharp with all loaders blocked but those of the formats that Clipbook reads. */
export { sharp as safeSharp };
