import { describe, expect, it } from "vitest";
import { workerCommand } from "../../../src/pipeline/queue/workerCommand.ts";
import { parseQueueAddress } from "../../../src/queue/queueAddress.ts";

const roots = [{ name: "archive" }, { name: "scans" }];

describe("workerCommand", () => {
  it("names the address and every root", () => {
    expect(workerCommand(parseQueueAddress("redis://node-1"), roots)).toBe(
      "clipbook worker --queue redis://node-1:6379/0 --root archive=FOLDER --root scans=FOLDER",
    );
  });

  it("has no password and no user, but a place for them outside the arguments", () => {
    const command = workerCommand(parseQueueAddress("rediss://ana:s3cret@node-1:7000/2?prefix=ours"), roots);
    expect(command).toBe(
      "export CLIPBOOK_QUEUE='rediss://USER:PASSWORD@node-1:7000/2?prefix=ours'\n" +
        "clipbook worker --queue env --root archive=FOLDER --root scans=FOLDER",
    );
    expect(workerCommand(parseQueueAddress("redis://:s3cret@node-1"), [])).toContain(
      "redis://:PASSWORD@node-1",
    );
  });

  it("quotes a question mark, which some shells take for a pattern", () => {
    expect(workerCommand(parseQueueAddress("redis://node-1?prefix=ours"), [])).toBe(
      "clipbook worker --queue 'redis://node-1:6379/0?prefix=ours'",
    );
  });
});
