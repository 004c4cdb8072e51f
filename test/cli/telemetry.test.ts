import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makePictures } from "../kill/makePictures.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook } from "./runClipbook.ts";

it("ONNX Runtime gathers nothing about models and machines for its maker", async () => {
  const pictures = join(temporaryFolder(), "pictures");
  await makePictures(pictures, 2);
  const [home, temporary, study] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  // As on a user's machine: in CI it gathers nothing anyway.
  const env = { CI: undefined, ORT_DISABLE_TELEMETRY: undefined, HOME: home, XDG_CACHE_HOME: undefined };
  const { code, stderr } = await runClipbook(
    [
      ...["classify", pictures, "--model", "demo", "--codebook", join(packageRoot, "demo/codebook.yaml")],
      ...["--study", study, "--no-overview"],
    ],
    { env: { ...env, TMPDIR: temporary } },
  );
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  // Otherwise there would be a number for the machine, a store of reports, and a log of their sending.
  const left = [home, temporary].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }),
  );
  expect(left.filter((name) => /microsoft|onnxruntime|mat-debug|\.ses$/i.test(name))).toEqual([]);
});
