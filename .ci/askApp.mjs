// Asks a started `clipbook serve` for its page, a script of it, and the study. The argument: the file with its address.
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const address = async () => {
  for (let tries = 0; tries < 300; tries++) {
    const text = readFileSync(process.argv[2], "utf8").trim();
    if (text !== "") return text;
    await wait(100);
  }
  throw new Error("clipbook serve did not print its address");
};
const text = async (url, headers = {}) => {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
};
const whole = new URL(await address());
const token = whole.hash.replace("#token=", "");
const base = whole.origin;
const [script] = /\/assets\/[^"]+\.js/.exec(await text(base)) ?? [];
await text(new URL(script, base));
const { runs } = JSON.parse(await text(new URL("/api/study", base), { "X-Clipbook-Token": token }));
if ((await fetch(new URL("/api/study", base))).status !== 403)
  throw new Error("the app is open to everybody");
if (runs.length === 0) throw new Error("the app does not see the run");
