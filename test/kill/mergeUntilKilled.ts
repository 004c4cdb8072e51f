// Started by the test of killed merges as a process of its own: merges studies into TARGET, and tells on stdout after every
// transaction. `mergeUntilKilled.ts TARGET SOURCES...`
import { writeSync } from "node:fs";
import { mergeStudies } from "../../src/pipeline/shards/mergeStudies.ts";

const [target = "", ...sources] = process.argv.slice(2);
await mergeStudies({
  sources,
  target,
  onProgress: () => {
    writeSync(1, "stored\n");
  },
});
