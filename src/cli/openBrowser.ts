import { spawn } from "node:child_process";
import type { Terminal } from "./terminal.ts";

/** Opens the user's browser where there is one; the address stands in the terminal anyway, so that nothing depends on it. */
export function openBrowser(address: string, { environment }: Pick<Terminal, "environment">): void {
  const { platform } = process;
  const hasScreen = platform !== "linux" || environment.DISPLAY || environment.WAYLAND_DISPLAY;
  if (!hasScreen) return;
  const [command, args] = browserCommand(address);
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  // A machine without such a program, or one whose program fails: the address was printed.
  child.on("error", () => undefined);
  child.unref();
}

function browserCommand(address: string): readonly [command: string, args: string[]] {
  if (process.platform === "darwin") return ["open", [address]];
  if (process.platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", address]];
  return ["xdg-open", [address]];
}
