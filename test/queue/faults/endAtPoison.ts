import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

// Loaded into worker processes by --import: opening a file of a certain name ends them, as a picture does that takes all memory.

const { CLIPBOOK_TEST_POISON: poison } = process.env;
const isWorker = process.argv.some((word) => word === "worker" || word.includes("localWorkerProcess"));
if (poison !== undefined && isWorker) {
  const { open } = promises;
  promises.open = (path, ...others) => {
    if (String(path).includes(poison)) process.kill(process.pid, "SIGKILL");
    return open(path, ...others);
  };
  syncBuiltinESMExports();
}
