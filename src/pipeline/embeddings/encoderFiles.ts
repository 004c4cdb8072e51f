import type { Encoder } from "../../model/openEncoder.ts";
import type { EncoderRecord } from "../../store/embeddingStore.ts";

/** An encoder's files as the study records them. */
export function encoderFiles({ model }: Encoder): EncoderRecord["files"] {
  return model.files.map(({ name, bytes, sha256, madeFrom }) => ({
    name,
    bytes,
    sha256,
    ...(madeFrom && { madeFrom }),
  }));
}
