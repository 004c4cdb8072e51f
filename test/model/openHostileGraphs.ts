// Started by a test as a process of its own: opens and runs one hostile graph after the other, as a model's folder would be, and
// writes a line of JSON for each. A graph that ends this process is named by the last line.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { findExternalData } from "../../src/model/modelFolder.ts";
import { openTower } from "../../src/model/openTower.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { hostileGraphs } from "./onnx/hostileGraphs.ts";

/** What became of one hostile graph. */
export interface HostileOutcome {
  readonly name: string;
  readonly outcome: "refused" | "ran" | "other";
  readonly message: string;
}

const [tower = "", seed = "1"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "clipbook-hostile-"));
mkdirSync(join(folder, "onnx"));
writeFileSync(join(folder, "onnx/weights.bin"), Buffer.alloc(1000));
const graph = join(folder, "onnx/vision_model.onnx");
const values = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => Math.sin(i));
for (const { name, bytes } of hostileGraphs(readFileSync(tower), seededRandom(Number(seed)))) {
  process.stdout.write(`${JSON.stringify(await open(name, bytes))}\n`);
}
rmSync(folder, { recursive: true });

async function open(name: string, bytes: Buffer): Promise<HostileOutcome> {
  writeFileSync(graph, bytes);
  try {
    await findExternalData(folder, "onnx/vision_model.onnx");
    await using opened = new AsyncDisposableStack();
    const tower = await openTower(graph, ["image"], { threads: 1 });
    opened.defer(() => tower.close());
    const { embeddings, dim } = await tower.run({ pixel_values: { dims: [1, 3, 64, 64], values } }, "image");
    return { name, outcome: "ran", message: `${embeddings.length} numbers of ${dim}` };
  } catch (error) {
    const outcome = error instanceof UserError ? "refused" : "other";
    return { name, outcome, message: String(error).replaceAll(graph, "GRAPH") };
  }
}
