import { join } from "node:path";
import { expect, it } from "vitest";
import { drawPictures } from "../../demo/drawPictures.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { compareEncoders } from "../../src/pipeline/compareEncoders.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

it("the bundled model in int8 sorts the demo's 420 pictures as in float32, as docs/models.md says", async () => {
  const folder = temporaryFolder();
  const environment = { XDG_CACHE_HOME: join(folder, "cache") };
  await drawPictures(join(folder, "images"), { count: 420 });
  const float32 = await loadEncoder("demo", { environment });
  const int8 = await loadEncoder("demo", { environment, precision: "int8" });
  const inputs = await openInputs([join(folder, "images")]);
  const codebook = await loadCodebook(join(packageRoot, "demo/codebook.yaml"));
  const random = seededRandom(1);
  const { compared, agreeing, imageCosines, phraseCosines } = await compareEncoders({
    float32,
    int8,
    codebook,
    inputs,
    images: 0,
    random,
  });
  expect([compared, agreeing]).toEqual([420, 420]);
  expect(imageCosines.mean).toBeGreaterThan(0.9999);
  expect(imageCosines.worst).toBeGreaterThan(0.9997);
  expect(phraseCosines.worst).toBeGreaterThan(0.9999);
  await Promise.all([float32.close(), int8.close(), inputs.close()]);
});
