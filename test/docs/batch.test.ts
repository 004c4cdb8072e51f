import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readShard } from "../../src/cli/readShard.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { version } from "../../src/version.ts";
import { understandCommand, wordsOf } from "./understandCommand.ts";

const folder = join(packageRoot, "docs/batch");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/** Lines in which a script or a text calls Clipbook. */
function callsIn(text: string): string[] {
  return [...text.replaceAll(/\\\n\s*/g, "").matchAll(/^[ \t]*(?:exec )?clipbook (.*)$/gm)].map(
    ([, rest]) => rest as string,
  );
}

describe("the Slurm job files", () => {
  const environment = {
    SHARDS: "100",
    PICTURES: "/data/my pictures",
    STUDIES: "/data/my studies",
    MODEL: "clip-vit-b32",
    SLURM_ARRAY_TASK_ID: "7",
    SLURM_CPUS_PER_TASK: "4",
  };

  it("are scripts that bash understands, with the settings that an array needs", () => {
    for (const name of ["slurm-array.sh", "slurm-merge.sh"])
      execFileSync("bash", ["--norc", "-n", join(folder, name)]);
    const settings = [...read("slurm-array.sh").matchAll(/^#SBATCH (.*)$/gm)].map(([, setting]) => setting);
    expect(settings).toEqual(expect.arrayContaining(["--array=1-100%20", "--requeue", "--open-mode=append"]));
    // sbatch reads its settings up to the first command.
    const text = read("slurm-array.sh");
    expect(text.lastIndexOf("#SBATCH --")).toBeLessThan(text.indexOf("set -euo pipefail"));
    expect(text).toContain(`SHARDS="\${SHARDS:-100}"`);
  });

  it("call Clipbook with what its command line understands, also where names have blanks", async () => {
    const [index] = callsIn(read("slurm-array.sh"));
    const { command, args, options } = await understandCommand(wordsOf(index as string, environment));
    expect([command, ...args]).toEqual(["index", "/data/my pictures"]);
    expect(options).toMatchObject({ study: "/data/my studies/shard-7", threads: 4, model: "clip-vit-b32" });
    expect(readShard(options.shard as string, { SLURM_ARRAY_TASK_ID: "7" })).toEqual({ number: 7, of: 100 });
    const [merge] = callsIn(read("slurm-merge.sh"));
    const merged = await understandCommand(wordsOf(merge as string, environment));
    expect(merged).toMatchObject({ command: "merge", options: { study: "/data/my studies/all" } });
    // A shell keeps a pattern that matches nothing.
    expect(merged.args).toEqual(["/data/my studies/shard-*"]);
  });
});

describe("the Kubernetes job files", () => {
  const job = parse(read("kubernetes-indexed-job.yaml"));
  const merge = parse(read("kubernetes-merge-job.yaml"));
  const [container] = job.spec.template.spec.containers;

  it("are jobs with the fields that each needs", () => {
    expect(job).toMatchObject({
      apiVersion: "batch/v1",
      kind: "Job",
      spec: {
        completionMode: "Indexed",
        completions: 100,
        backoffLimitPerIndex: 5,
        template: { spec: { restartPolicy: "Never", securityContext: { runAsNonRoot: true } } },
      },
    });
    expect(merge).toMatchObject({
      apiVersion: "batch/v1",
      kind: "Job",
      spec: { template: { spec: { restartPolicy: "Never" } } },
    });
    expect(job.spec).not.toHaveProperty("backoffLimit");
    for (const { spec } of [job.spec.template, merge.spec.template]) {
      const [{ resources, volumeMounts, image }] = spec.containers;
      expect(image).toBe(`registry.example.org/clipbook:${version}`);
      expect(resources).toMatchObject({ requests: { cpu: expect.any(String), memory: expect.any(String) } });
      const volumes = spec.volumes.map(({ name }: { name: string }) => name);
      for (const { name } of volumeMounts) expect(volumes).toContain(name);
    }
  });

  it("call Clipbook with what its command line understands: one shard for each completion", async () => {
    const { command, args, options } = await understandCommand(container.args);
    expect([command, ...args]).toEqual(["index", "/pictures"]);
    expect(options.study).toBe("/studies/shard-$(POD_INDEX)");
    expect(container.env[0]).toMatchObject({
      name: "POD_INDEX",
      valueFrom: {
        fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" },
      },
    });
    const { completions } = job.spec;
    const shards = Array.from({ length: completions }, (_, index) =>
      readShard(options.shard as string, { JOB_COMPLETION_INDEX: String(index) }),
    );
    expect(shards.map(({ number }) => number)).toEqual(Array.from({ length: completions }, (_, i) => i + 1));
    expect(new Set(shards.map(({ of }) => of))).toEqual(new Set([completions]));
    const [shell, flag, script] = merge.spec.template.spec.containers[0].command;
    expect([shell, flag]).toEqual(["/bin/sh", "-c"]);
    const merged = await understandCommand(wordsOf(callsIn(script)[0] as string, {}));
    expect(merged).toMatchObject({ command: "merge", options: { study: "/studies/all" } });
  });
});

describe("the page about batch systems", () => {
  it("calls Clipbook with what its command line understands", async () => {
    const calls = callsIn(read("README.md"));
    expect(calls.length).toBeGreaterThanOrEqual(5);
    for (const call of calls) await understandCommand(wordsOf(call, {}));
  });

  it("names every file beside it, and none that is not there", () => {
    const named = [...read("README.md").matchAll(/\]\(([^):]+)\)/g)].map(([, name]) => name as string);
    const files = readdirSync(folder).filter((name) => name !== "README.md");
    expect([...new Set(named.filter((name) => !name.startsWith("..")))].sort()).toEqual(files.sort());
  });
});
