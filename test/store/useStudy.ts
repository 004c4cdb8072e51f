// Started by tests as a process of its own: opens the study in a folder, and with "hold" keeps it for writing.
import { openStudy } from "../../src/store/openStudy.ts";

const [directory = "", task, milliseconds = "0"] = process.argv.slice(2);
const study = openStudy(directory);
if (task === "hold") {
  study.transaction(() => {
    process.stdout.write("holding\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(milliseconds));
  });
}
study.close();
process.stdout.write("done\n");
