import { homedir } from "node:os";
import { join } from "node:path";

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The user's folder for what can be made again: `XDG_CACHE_HOME`, else `~/.cache` (XDG Base Directory 0.8). */
export function cacheHome(environment: Environment): string {
  return environment.XDG_CACHE_HOME || join(homeDirectory(environment), ".cache");
}

/** A path with a leading `~` replaced by the user's home folder, as Python's Hub library does for its variables. */
export function expandHome(path: string, environment: Environment): string {
  return path === "~" || path.startsWith("~/") ? join(homeDirectory(environment), path.slice(1)) : path;
}

function homeDirectory(environment: Environment): string {
  return (process.platform === "win32" ? environment.USERPROFILE : environment.HOME) || homedir();
}
