import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { processorTimeMs, statTicks } from "../../bench/processorTime.ts";

it("adds up a process's own time and that of its children, whatever its name has in it", () => {
  // proc(5): state ppid pgrp session tty tpgid flags minflt cminflt majflt cmajflt, then utime stime cutime cstime.
  expect(statTicks("4711 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 100 20 3 4 20 0 1")).toBe(127);
});

it("tells of this process what Node tells of it, to within the clock's steps", () => {
  if (process.platform !== "linux") return;
  const { user, system } = process.cpuUsage();
  const own = statTicks(readFileSync(`/proc/${process.pid}/stat`, "utf8")) * 10;
  expect(own).toBeGreaterThanOrEqual((user + system) / 1000 - 40);
  expect(processorTimeMs(process.pid)).toBeGreaterThanOrEqual(own);
});
