#!/usr/bin/env node
// Plain JavaScript that every Node since 12 understands: an old Node gets a sentence, not a syntax error.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `error: Clipbook needs Node 24 or newer, this is Node ${process.versions.node}\n` +
      "hint: install the current LTS of Node; in a clone of Clipbook, `npx clipbook` uses the Node that it brings\n",
  );
  process.exit(1);
}
void import("../dist/src/cli/main.js").then(({ main }) => main());
