import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { starterCodebook } from "../codebook/starterCodebook.ts";
import { errorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { unwritable } from "../pipeline/unwritable.ts";
import { placeNew } from "../placeNew.ts";
import { discardTemporary, temporaryPath } from "../temporaryFile.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/**
 * `clipbook init [FILE]`: writes the starter codebook to `file`, never over a file that is there.
 * @throws UserError where there is a file already, or none can be written
 */
export async function runInit(
  file: string,
  options: { readonly json?: boolean },
  terminal: Pick<Terminal, "stdout">,
): Promise<void> {
  const temporary = temporaryPath(dirname(file));
  try {
    await writeFile(temporary, starterCodebook, { flag: "wx", flush: true });
    await placeNew(temporary, file);
  } catch (error) {
    await discardTemporary(temporary);
    throw writeFailure(file, error);
  }
  if (options.json) terminal.stdout(`${JSON.stringify({ file })}\n`);
  else {
    const name = printable(file);
    // The study belongs beside its codebook, not wherever the command runs.
    const study = dirname(file) === "." ? "" : ` --study ${printable(dirname(file))}`;
    terminal.stdout(
      `wrote ${name}: change its categories and phrases, then\n` +
        `  clipbook check ${name}\n` +
        `  clipbook classify FOLDER${study} --codebook ${name}\n`,
    );
  }
}

function writeFailure(file: string, error: unknown): unknown {
  const code = errorCode(error);
  switch (code) {
    case "EEXIST":
      return new UserError(`${file}: there is a file already, nothing was written`, {
        hint: "name another file: `clipbook init FILE`",
        cause: error,
      });
    case "ENOENT":
    case "ENOTDIR":
      return new UserError(`${file}: its folder does not exist`, {
        hint: "make the folder first",
        cause: error,
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new UserError(`${file}: permission to write here is denied`, {
        hint: "name a file in a folder of your own",
        cause: error,
      });
    default:
      return code === undefined ? error : unwritable(file, error);
  }
}
