import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { version } from "../version.ts";

/** The libraries whose version can change a number. */
const decisive = ["onnxruntime-node", "sharp", "@huggingface/tokenizers"];

/** Versions of all that has a say in a run's numbers, for its record. */
export function usedVersions(): readonly { readonly name: string; readonly version: string }[] {
  return [
    { name: "clipbook", version },
    ...decisive.map((name) => ({ name, version: packageVersion(name) })),
    { name: "node", version: process.versions.node },
    { name: "platform", version: `${platform()} ${arch()}` },
  ];
}

/** By the folder of the package's entry: many packages do not export their package.json. */
function packageVersion(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const end = entry.lastIndexOf(join("node_modules", name)) + join("node_modules", name).length;
  const file = join(
    end >= join("node_modules", name).length ? entry.slice(0, end) : dirname(entry),
    "package.json",
  );
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
