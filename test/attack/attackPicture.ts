import sharp from "sharp";
import { attackStrings } from "./attackStrings.ts";

/** Words that stand in nothing but the metadata of these pictures. */
export const metadataMarks = ["Hidden-Artist", "Hidden-Place", "Hidden-Comment", "Hidden-Profile"] as const;

/**
 * A JPEG, larger than thumbnails are, whose metadata tells who took it and where: EXIF with GPS and an attack in every text, XMP, a colour
 * profile and a comment.
 */
export async function attackPicture(index: number): Promise<Buffer> {
  const attacks = Object.values(attackStrings).filter((text) => /^[\x20-\x7e]{1,200}$/.test(text));
  const attack = attacks[index % attacks.length] as string;
  const picture = await sharp({
    create: {
      width: 400 + index,
      height: 300,
      channels: 3,
      background: { r: (index * 53) % 256, g: (index * 97) % 256, b: (index * 151) % 256 },
    },
  })
    .withExif({
      IFD0: { Artist: `Hidden-Artist ${attack}`, ImageDescription: attack, Copyright: attack },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1", GPSAreaInformation: "Hidden-Place" },
    })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="Hidden-Place"/></rdf:RDF></x:xmpmeta>`,
    )
    .withIccProfile("p3")
    .jpeg({ quality: 90 })
    .toBuffer();
  return withSegments(picture, [
    [0xfe, `Hidden-Comment ${attack}`],
    [0xed, "Photoshop 3.0\0Hidden-Profile"],
  ]);
}

/** Puts segments behind the first two bytes. */
function withSegments(jpeg: Buffer, segments: readonly (readonly [marker: number, text: string])[]): Buffer {
  const written = segments.map(([marker, text]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(text.length + 2, 2);
    return Buffer.concat([head, Buffer.from(text, "latin1")]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...written, jpeg.subarray(2)]);
}
