import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { fileOf, jpeg, outcomesOf } from "./archiveOutcomes.ts";

it("archives that Python wrote are read as Python reads them", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.jpg"), jpeg);
  // zipfile of Python 3: a pipe makes it write sizes behind the bytes; force_zip64 makes it write wide ones.
  const script = `import sys, zipfile, io
class Pipe(io.RawIOBase):
    def __init__(self, file): self.file = file
    def writable(self): return True
    def write(self, data): return self.file.write(data)
data = open("a.jpg", "rb").read()
def fill(archive):
    for number, kind in enumerate([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]):
        archive.writestr(zipfile.ZipInfo(f"x/{number}.jpg"), data, compress_type=kind)
        info = zipfile.ZipInfo(f"wide {number} ä.jpg")
        info.compress_type = kind
        with archive.open(info, "w", force_zip64=True) as entry: entry.write(data)
with zipfile.ZipFile("seek.zip", "w") as archive: fill(archive)
with open("pipe.zip", "wb") as file:
    with zipfile.ZipFile(Pipe(file), "w") as archive: fill(archive)
print("\\n".join(sorted(zipfile.ZipFile("pipe.zip").namelist())), end="")`;
  const python = spawnSync("python3", ["-c", script], {
    cwd: folder,
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
  });
  if (python.error !== undefined) {
    process.stderr.write("archives that Python wrote: left out, there is no python3\n");
    return;
  }
  expect(python.stderr.toString()).toBe("");
  const names = python.stdout.toString().split("\n");
  expect(names).toHaveLength(4);
  for (const name of ["seek.zip", "pipe.zip"]) {
    const path = join(folder, name);
    expect(await outcomesOf(path)).toEqual(names.map((inside) => [inside, "read"]));
    // And without the list.
    const bytes = readFileSync(path);
    const cut = fileOf(bytes.subarray(0, bytes.readUInt32LE(bytes.length - 6) + 10), "cut.zip");
    const stored = name === "pipe.zip" ? ["wide 0 ä.jpg", "x/0.jpg"] : [];
    expect((await outcomesOf(cut)).filter(([, outcome]) => outcome !== "read")).toEqual([
      ["", "truncated"],
      ...stored.map((inside) => [inside, "corrupt"]),
    ]);
  }
});
