import type { Sharp } from "sharp";
import { dropAlpha, premultiply, unpremultiply } from "./alpha.ts";
import { openPicture, type Picture } from "./openPicture.ts";
import { type Interpolation, type Pixels, resample } from "./resample.ts";
import { safeSharp } from "./safeSharp.ts";
import { type ViewGeometry, viewGeometry } from "./viewGeometry.ts";
import type { RenderedView, ViewSpec } from "./viewSpec.ts";

/**
 * Decodes a picture in this process and brings it into a view, as `viewOf` does.
 * @throws ImageFailure for anything that is no whole picture
 */
export async function renderView(bytes: Buffer, spec: ViewSpec, maxPixels?: number): Promise<RenderedView> {
  return viewOf(await openPicture(bytes, maxPixels), spec);
}

/**
 * Brings a picture into a view: the reference's numbers (Pillow's antialiased resize) from sharp where it only shrinks, from
 * `resample` where an axis grows.
 * @throws ImageFailure for anything that is no whole picture
 */
export async function viewOf(picture: Picture, spec: ViewSpec): Promise<RenderedView> {
  const { widthPx, heightPx, format } = picture;
  const geometry = viewGeometry(spec.view, widthPx, heightPx, spec.sizePx, spec.resizeShortPx);
  const grows = geometry.widthPx > widthPx || geometry.heightPx > heightPx;
  const { value, warning } =
    grows || (picture.hasAlpha && spec.alpha === "dropped")
      ? await resizeDecoded(picture, geometry, spec, grows)
      : await picture.render((sharp) => shrink(sharp, picture, geometry, spec.interpolation));
  const square = geometry.cropWidthPx === spec.sizePx && geometry.cropHeightPx === spec.sizePx;
  const pixels = square ? value.data : padToSquare(value, geometry, spec);
  return { pixels, format, widthPx, heightPx, warning };
}

async function shrink(
  sharp: Sharp,
  whole: Pick<Pixels, "widthPx" | "heightPx">,
  { widthPx, heightPx, left, top, cropWidthPx, cropHeightPx }: ViewGeometry,
  interpolation: Interpolation,
): Promise<Pixels> {
  const rows = await sharp
    // Taking the whole picture out first keeps libvips from decoding a JPEG or WebP at half its size: that is twice as
    // fast for large photographs, but up to three grey levels off the reference.
    .extract({ left: 0, top: 0, width: whole.widthPx, height: whole.heightPx })
    .resize(widthPx, heightPx, {
      fit: "fill",
      kernel: interpolation === "bicubic" ? "cubic" : "linear",
    })
    // All rows, also those that the crop leaves out: libvips stops at the last one that is asked for, and would not come to a
    // fault behind it, of which the rows before it may be the consequence.
    .extract({ left, top: 0, width: cropWidthPx, height: heightPx })
    .removeAlpha()
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
  const rowBytes = cropWidthPx * 3;
  const data = rows.subarray(top * rowBytes, (top + cropHeightPx) * rowBytes);
  return { data, widthPx: cropWidthPx, heightPx: cropHeightPx, channels: 3 };
}

/** The way over the whole decoded picture: for enlarging, and where the opacity goes before the resize. */
async function resizeDecoded(
  picture: Picture,
  geometry: ViewGeometry,
  spec: ViewSpec,
  grows: boolean,
): Promise<{ value: Pixels; warning: string | undefined }> {
  const { value, warning } = await picture.render((sharp) =>
    sharp.toColourspace("srgb").raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true }),
  );
  const { data, info } = value;
  const decoded: Pixels = { data, widthPx: info.width, heightPx: info.height, channels: info.channels };
  if (decoded.channels === 4 && spec.alpha === "premultiplied") {
    return { value: unpremultiply(resample(premultiply(decoded), geometry, spec.interpolation)), warning };
  }
  const opaque = decoded.channels === 4 ? dropAlpha(decoded) : decoded;
  if (grows) return { value: resample(opaque, geometry, spec.interpolation), warning };
  const raw = { width: info.width, height: info.height, channels: 3 } as const;
  const sharp = safeSharp(opaque.data, { raw, limitInputPixels: false });
  return { value: await shrink(sharp, decoded, geometry, spec.interpolation), warning };
}

function padToSquare(picture: Pixels, geometry: ViewGeometry, spec: ViewSpec): Uint8Array {
  const square = new Uint8Array(spec.sizePx * spec.sizePx * 3);
  for (let at = 0; at < square.length; at++) square[at] = spec.padColor[at % 3] as number;
  const rowLength = picture.widthPx * 3;
  for (let y = 0; y < picture.heightPx; y++) {
    const row = picture.data.subarray(y * rowLength, (y + 1) * rowLength);
    square.set(row, ((y + geometry.offsetY) * spec.sizePx + geometry.offsetX) * 3);
  }
  return square;
}
