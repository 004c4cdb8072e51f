import type { SniffedFormat } from "./sniffFormat.ts";

/** What to do with an image that Clipbook does not read. */
export const convertFirst = "convert it to JPEG or PNG first";
/** What to do with a film. */
export const extractFrames = "extract frames first, for example with ffmpeg";
/** What a page or a message in place of a picture mostly is. */
export const failedDownload = "a failed download?";

/** What to do with a camera's raw file. */
export const developFirst =
  "develop it to JPEG or TIFF first, with the camera maker's program, darktable or RawTherapee";
const exportPages = "export its pages as JPEG or PNG first";
const takePictureOut = "open it and save its picture as JPEG or PNG first";
const giveArchive = "give the archive itself as an input";
const unpackFirst = "unpack it first";
const astronomical = "export it as PNG or TIFF with the program that made it";

const decodable = (name: string): SniffedFormat => ({ name, kind: "decodable" });
const unsupported = (name: string, advice: string = convertFirst): SniffedFormat => ({
  name,
  kind: "unsupported",
  advice,
});
const pages = (name: string): SniffedFormat => ({ name, kind: "container", advice: exportPages });
const video = (container: string): SniffedFormat => ({
  name: `video (${container})`,
  kind: "container",
  advice: extractFrames,
});
const other = (name: string, advice?: string): SniffedFormat =>
  advice === undefined ? { name, kind: "other" } : { name, kind: "other", advice };

/**
 * Formats by the bytes at a fixed place, the first that fits counts. From the formats' own specifications and the
 * list of the `file` program (magic(5)); those that share their beginning with others have functions of their own.
 */
export const fileSignatures: readonly (readonly [at: number, bytes: string, format: SniffedFormat])[] = [
  [0, "\xff\xd8\xff", decodable("JPEG")],
  [0, "\x89PNG\r\n\x1a\n", decodable("PNG")],
  [0, "GIF87a", decodable("GIF")],
  [0, "GIF89a", decodable("GIF")],
  [8, "CR\x02\0", unsupported("camera RAW (Canon CR2)", developFirst)],
  [0, "II*\0", decodable("TIFF")],
  [0, "MM\0*", decodable("TIFF")],
  [0, "II+\0", decodable("TIFF")],
  [0, "MM\0+", decodable("TIFF")],

  [0, "FUJIFILMCCD-RAW", unsupported("camera RAW (Fujifilm RAF)", developFirst)],
  [0, "IIRO", unsupported("camera RAW (Olympus ORF)", developFirst)],
  [0, "IIRS", unsupported("camera RAW (Olympus ORF)", developFirst)],
  [0, "MMOR", unsupported("camera RAW (Olympus ORF)", developFirst)],
  [0, "IIU\0", unsupported("camera RAW (Panasonic RW2)", developFirst)],
  [0, "\0MRM", unsupported("camera RAW (Minolta MRW)", developFirst)],
  [0, "FOVb", unsupported("camera RAW (Sigma X3F)", developFirst)],
  [6, "HEAPCCDR", unsupported("camera RAW (Canon CRW)", developFirst)],
  [0, "\0\0\0\x0cjP  ", unsupported("JPEG 2000")],
  [0, "\xff\x4f\xff\x51", unsupported("JPEG 2000")],
  [0, "\0\0\0\x0cJXL ", unsupported("JPEG XL")],
  [0, "\xff\x0a", unsupported("JPEG XL")],
  [0, "\xff\xd8", other("beginning of a JPEG", failedDownload)],
  [0, "II\xbc\x01", unsupported("JPEG XR")],
  [0, "8BPS\0\x01", unsupported("Photoshop (PSD)", takePictureOut)],
  [0, "8BPS\0\x02", unsupported("Photoshop (PSB)", takePictureOut)],
  [0, "8BPS", unsupported("Photoshop", takePictureOut)],
  [0, "gimp xcf", unsupported("GIMP (XCF)", takePictureOut)],
  [0, "\0\0\x01\0", unsupported("Windows icon (ICO)")],
  [0, "\0\0\x02\0\x01", unsupported("Windows cursor (CUR)")],
  [0, "icns", unsupported("macOS icon")],
  [0, "DDS ", unsupported("DirectDraw surface (DDS)")],
  [0, "qoif", unsupported("QOI")],
  [0, "v/1\x01", unsupported("OpenEXR")],
  [0, "#?RADIANCE", unsupported("Radiance HDR")],
  [0, "#?RGBE", unsupported("Radiance HDR")],
  [0, "SIMPLE  =", unsupported("FITS", astronomical)],
  [128, "DICM", unsupported("DICOM", "export it as PNG with a DICOM viewer, without the patient's data")],
  [0, "FLIF", unsupported("FLIF")],
  [0, "BPG\xfb", unsupported("BPG")],
  [0, "AT&TFORM", pages("DjVu")],
  [0, "\xd7\xcd\xc6\x9a", unsupported("Windows metafile (WMF)")],
  [0, "\xc5\xd0\xd3\xc6", pages("EPS")],
  [0, "%!PS", pages("PostScript or EPS")],
  [0, "%PDF-", pages("PDF")],
  [0, "vips", unsupported("libvips file")],
  [0, "\xb6\xa6\xf2\x08", unsupported("libvips file")],
  [0, "\x08\xf2\xa6\xb6", unsupported("libvips file")],

  [0, "\x1a\x45\xdf\xa3", video("Matroska or WebM")],
  [0, "FLV\x01", video("Flash")],
  [0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", video("Windows Media")],
  [0, "\0\0\x01\xba", video("MPEG")],
  [0, "\0\0\x01\xb3", video("MPEG")],
  [0, "OggS", video("Ogg")],
  [4, "moov", video("QuickTime")],
  [4, "mdat", video("QuickTime")],
  [4, "wide", video("QuickTime")],

  [
    0,
    "\0\x05\x16\x07",
    other("macOS file of attributes (AppleDouble)", "the picture is the file without ._ in front"),
  ],
  [0, "\0\x05\x16\0", other("macOS file of attributes (AppleSingle)")],
  [0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", other("old Office document or Thumbs.db", takePictureOut)],
  [0, "bplist00", other("macOS property list", "still in iCloud? download the picture first")],
  [0, "PK\x05\x06", other("empty ZIP archive")],
  [0, "PK\x03\x04", other("ZIP archive", giveArchive)],
  [0, "\x1f\x8b", other("gzip file", unpackFirst)],
  [0, "BZh", other("bzip2 file", unpackFirst)],
  [0, "\xfd7zXZ\0", other("xz file", unpackFirst)],
  [0, "\x28\xb5\x2f\xfd", other("Zstandard file", unpackFirst)],
  [0, "Rar!\x1a\x07", other("RAR archive", unpackFirst)],
  [0, "7z\xbc\xaf\x27\x1c", other("7z archive", unpackFirst)],
  [257, "ustar", other("tar archive", unpackFirst)],
  [0, "\x7fELF", other("program (Linux)")],
  [0, "MZ", other("program (Windows)")],
  [0, "\xcf\xfa\xed\xfe", other("program (macOS)")],
  [0, "\xca\xfe\xba\xbe", other("program (macOS or Java)")],
  [0, "SQLite format 3\0", other("SQLite database")],
  [0, "ID3", other("sound file (MP3)")],
  [0, "fLaC", other("sound file (FLAC)")],
  [0, "wOFF", other("font file")],
  [0, "wOF2", other("font file")],
];
