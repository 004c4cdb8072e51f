import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    globalSetup: ["test/buildOnce.ts"],
    // Tests that open graphs themselves report nothing either.
    env: { ORT_DISABLE_TELEMETRY: "1" },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What a browser or another process does takes as long as the machine is busy.
    expect: { poll: { timeout: 60_000 } },
    // Native libraries (ONNX Runtime, libvips) are not made to be unloaded with a worker thread.
    pool: "forks",
    // Of two processors Vitest would leave one alone, and much of what is tested waits: for a browser, a lock, a Redis that is gone.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
