import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeInt8 } from "../../src/model/onnx/writeInt8.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const products = join(import.meta.dirname, "../fixtures/models/products");
const oracle = JSON.parse(readFileSync(join(products, "oracle.json"), "utf8"));

/** How far the products in int8 are from NumPy's on an emulated processor, opened as it is or by the exact way. */
function worstOn(processor: string, graph: string) {
  const script = `
    import { InferenceSession, Tensor } from "onnxruntime-node";
    import { int8Saturates } from "./src/model/int8Saturates.ts";
    const oracle = JSON.parse(process.env.ORACLE);
    const worst = async (x64quantprecision) => {
      const session = await InferenceSession.create(${JSON.stringify(graph)}, { extra: { session: { x64quantprecision } } });
      const answers = await session.run({ x: new Tensor("float32", Float32Array.from(oracle.x), [3, 8]) });
      const differences = Object.entries(oracle.int8).flatMap(([name, expected]) =>
        expected.map((value, i) => Math.abs(value - answers[name].data[i])),
      );
      return Math.max(...differences);
    };
    console.log(JSON.stringify({ saturates: await int8Saturates(), fast: await worst("0"), exact: await worst("1") }));`;
  const args = ["-cpu", processor, process.execPath, "--input-type=module-typescript", "--eval", script];
  const env = { ...process.env, NODE_OPTIONS: "", ORACLE: JSON.stringify(oracle) };
  const { stdout } = spawnSync("qemu-x86_64", args, { cwd: packageRoot, encoding: "utf8", env });
  return JSON.parse(stdout) as { saturates: boolean; fast: number; exact: number };
}

const hasEmulator = process.arch === "x64" && spawnSync("qemu-x86_64", ["--version"]).status === 0;

describe("int8Saturates", () => {
  it.skipIf(!hasEmulator)(
    "tells an x86 processor without VNNI, where the fast way is wrong and the exact one is not (needs qemu-x86_64)",
    async () => {
      const folder = temporaryFolder();
      const [graph, data] = [join(folder, "new.onnx"), join(folder, "new.onnx_data")];
      await writeInt8(join(products, "products.onnx"), {
        graph,
        data,
        dataName: "new.onnx_data",
        metadata: {},
      });
      // AVX2 without VNNI; and none of both, where ONNX Runtime widens to 16 bits first.
      const haswell = worstOn("Haswell", graph);
      expect(haswell.saturates).toBe(true);
      expect(haswell.fast).toBeGreaterThan(1);
      expect(haswell.exact).toBeLessThan(1e-4);
      const nehalem = worstOn("Nehalem", graph);
      expect(nehalem.saturates).toBe(nehalem.fast > 1e-4);
      expect(nehalem.exact).toBeLessThan(1e-4);
    },
  );
});
