import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { testReport } from "./testReport/testReport.ts";

const root = join(import.meta.dirname, "..");
writeFileSync(join(root, "docs/how-it-is-tested.md"), await testReport(root));
