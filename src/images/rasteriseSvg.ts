import sharp from "sharp";

const svgLoader = { operation: ["VipsForeignLoadSvg"] };
let callsInFlight = 0;

/** How a drawing is written; `quality` is 1 to 100 and does not apply to PNG. */
export interface RasterOptions {
  readonly format: "jpeg" | "png" | "webp";
  readonly quality?: number;
}

/**
 * Turns an SVG drawing of our own into the bytes of a picture, one pixel per SVG unit; the same drawing gives the same
 * bytes. The SVG loader is blocked for everything else in the process, because an SVG from elsewhere can make libvips
 * read other files; it is open only while a call of this function runs.
 */
export async function rasteriseSvg(svg: string, options: RasterOptions): Promise<Buffer> {
  callsInFlight += 1;
  if (callsInFlight === 1) sharp.unblock(svgLoader);
  try {
    const picture = sharp(Buffer.from(svg)).removeAlpha();
    const { format, quality = 88 } = options;
    if (format === "png") return await picture.png({ compressionLevel: 6 }).toBuffer();
    if (format === "webp") return await picture.webp({ quality, effort: 2 }).toBuffer();
    return await picture.jpeg({ quality, chromaSubsampling: "4:2:0" }).toBuffer();
  } finally {
    callsInFlight -= 1;
    if (callsInFlight === 0) sharp.block(svgLoader);
  }
}
