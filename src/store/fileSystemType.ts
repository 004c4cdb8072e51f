import { realpathSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

/** Stands for a network drive of Windows, where statfs tells no type: the number of SMB on Linux. */
const smb = 0xff534d42;

/**
 * The number that statfs(2) gives for the disk on which a file lies, or will lie; on Windows that of SMB for a network drive. 0 where
 * it cannot be told, as on macOS, which numbers its file systems anew at each start.
 * @param realPath resolves links, and on Windows letters of drives
 */
export function fileSystemType(
  path: string,
  platform: NodeJS.Platform = process.platform,
  realPath: (path: string) => string = realpathSync.native,
): number {
  const folder = realFolder(path, realPath);
  if (platform === "win32") return isNetworkPath(folder) ? smb : 0;
  if (platform !== "linux") return 0;
  try {
    return statfsSync(folder).type;
  } catch {
    // Opening the database meets the same fault, and says what it is.
    return 0;
  }
}

/** The folder in which a file really is, or in which it will be made. */
function realFolder(path: string, realPath: (path: string) => string): string {
  try {
    return dirname(realPath(path));
  } catch {
    // A new study: its database is not there yet, its folder mostly is.
    const folder = dirname(path);
    try {
      return realPath(folder);
    } catch {
      return folder;
    }
  }
}

/** Whether a real path of Windows leads to another machine: `\\server\share` or `\\?\UNC\server\share`, but not `\\?\C:\`. */
export function isNetworkPath(path: string): boolean {
  return /^\\\\(?:\?\\UNC\\|[^?.\\])/i.test(path);
}
