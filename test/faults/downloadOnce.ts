// Started by a test as a process of its own, with the library of faults loaded: downloads a tiny model from a server on this machine to a disk
// that fails at each kind of call in turn, and prints a line of JSON for each, then one for the disk when it is mended.
import { readdirSync } from "node:fs";
import { constants } from "node:os";
import { UserError } from "../../src/errors.ts";
import { locateModel } from "../../src/model/locateModel.ts";
import { startHubFixture } from "../model/hubFixture.ts";

const hub = await startHubFixture();
const { EIO, ENOSPC, EROFS } = constants.errno;
const faults = [
  ["w", ENOSPC],
  ["w", EIO],
  ["n", EIO],
  ["n", EROFS],
  ["", 0],
] as const;
for (const [kinds, errno] of faults) {
  // Read by the library at each call.
  Object.assign(process.env, {
    FAULT_BELOW: hub.folder,
    FAULT_KINDS: kinds,
    FAULT_AT: "1",
    FAULT_ERRNO: String(errno),
  });
  let error: unknown;
  try {
    await locateModel("tiny-clip", { environment: hub.environment, registry: [hub.model], retryMs: 1 });
  } catch (failure) {
    error = failure;
  }
  const told = error instanceof UserError && { message: error.message, hint: error.hint };
  const snapshots = readdirSync(hub.cached(), { recursive: true, encoding: "utf8" });
  const files = snapshots.filter((name) => /^snapshots\/.*\.(onnx|json)$/.test(name)).length;
  process.stdout.write(`${JSON.stringify({ kinds, errno, told, failed: error !== undefined, files })}\n`);
}
await hub.close();
