import { convertFirst, failedDownload } from "./fileSignatures.ts";
import type { SniffedFormat } from "./sniffFormat.ts";

/** Tells what a text is that lies in a picture's place; undefined for what is no text. @param start its beginning, a character for each byte */
export function maybeTextFormat(start: string): SniffedFormat | undefined {
  const text = start
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase();
  if (text.startsWith("<svg") || (/^<(\?xml|!doctype svg|!--)/.test(text) && text.includes("<svg"))) {
    return { name: "SVG", kind: "unsupported", advice: convertFirst };
  }
  if (/^(<!doctype html|<html|<head|<body|<!--|<script|<title|<meta)/.test(text)) {
    return other("HTML page", failedDownload);
  }
  if (text.startsWith("<?xml") && text.includes("<plist")) {
    return other("macOS property list", "still in iCloud? download the picture first");
  }
  if (text.startsWith("<?xml") || text.startsWith("<error>")) return other("XML file", failedDownload);
  if (/^[[{]/.test(text)) return other("JSON file", failedDownload);
  if (text.startsWith("version https://git-lfs.github.com/spec/")) {
    return other("Git LFS pointer", "run git lfs pull");
  }
  if (/^(!<symlink>|intxlnk)/.test(text))
    return other("link of Windows or Cygwin", "give the file it leads to");
  if (/^data:image\//.test(text)) return other("data address", "decode its base64 text first");
  if (/^[/#][*\s].*xpm/.test(text)) return { name: "XPM", kind: "unsupported", advice: convertFirst };
  if (/^#define\s+\S+_width\s+\d/.test(text)) {
    return { name: "XBM", kind: "unsupported", advice: convertFirst };
  }
  // P1 to P6 (Netpbm), P7 (PAM), PF (PFM).
  if (/^p[1-7f][\s#]/.test(text) && /^P[1-7Ff]\s+(#|\d|WIDTH|-)/.test(start)) {
    return { name: "Netpbm image (PBM, PGM or PPM)", kind: "unsupported", advice: convertFirst };
  }
  if (start.length === 0 || !/^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(start)) return undefined;
  const isRefusal = /too many requests|rate limit|access denied|forbidden|not found|404|403|429|error/.test(
    text,
  );
  return isRefusal ? other("text file", failedDownload) : other("text file");
}

function other(name: string, advice?: string): SniffedFormat {
  return advice === undefined ? { name, kind: "other" } : { name, kind: "other", advice };
}
