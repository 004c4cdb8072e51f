import { UserError } from "../src/errors.ts";
import { silenceTelemetry } from "../src/model/silenceTelemetry.ts";
import { parseBenchOptions, usage } from "./benchOptions.ts";
import { runBenchmark } from "./runBenchmark.ts";

try {
  // For the peers, too: what ONNX Runtime gathers on the way would take time from all of them, and has no business here.
  silenceTelemetry();
  const options = parseBenchOptions(process.argv.slice(2), process.env, import.meta.dirname);
  if (options === undefined) process.stdout.write(usage);
  else {
    const table = await runBenchmark(options, (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`\n${table}`);
  }
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`error: ${error.message}\n${error.hint === undefined ? "" : `hint: ${error.hint}\n`}`);
  process.exitCode = 1;
}
