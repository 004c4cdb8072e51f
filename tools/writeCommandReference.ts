import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { commandReference } from "./commandReference.ts";

await build();
writeFileSync(join(import.meta.dirname, "../docs/commands.md"), commandReference());
