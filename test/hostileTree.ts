import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporaryFolder.ts";

/** A folder with everything in it that files are called and are, besides what they should be. */
export interface HostileTree {
  /** The folder above; `tree` in it is to be searched, and `outside` is where some of its links lead. */
  readonly folder: string;
  /** What each row has to be: the colour of its picture, or a failure's code. Names begin with `tree/`. */
  readonly rows: ReadonlyMap<string, readonly [red: number, green: number, blue: number] | string>;
  /** How many files are no pictures. */
  readonly ignored: number;
}

/** Names that one program or another trips over. */
const awkwardNames = [
  "line\nend.jpg",
  "carriage\rreturn.jpg",
  "both\r\nof them.jpg",
  "tab\t.jpg",
  "\x1b[31mred\x1b[0m.jpg",
  "bell\x07delete\x7f.jpg",
  "next\u0085line.jpg",
  "line\u2028separator.jpg",
  `${"x".repeat(251)}.jpg`,
  `${"ä".repeat(125)}.jpg`,
  "-rf.jpg",
  "--output.jpg",
  "%41%2e%2e%2f.jpg",
  "%s%n%d.jpg",
  "#fragment.jpg",
  "what?size=large&x=1.jpg",
  "options[page=2].jpg",
  "options[n=-1].tiff",
  "glob*[a-z]{1,2}.jpg",
  "back\\slash\\x.jpg",
  "\\xfc.png",
  "'single' \"double\" `back`.jpg",
  ",comma;semicolon|bar.jpg",
  "a:b.jpg",
  "C:drive.jpg",
  "archive.zip!.jpg",
  "trailing dot.",
  "trailing blank.jpg ",
  " leading blank.jpg",
  "=1+1.jpg",
  "@SUM(A1).jpg",
  "+1.jpg",
  "$(touch x).jpg",
  "~.jpg",
  "<img src=x onerror=alert(1)>.jpg",
  "&amp;&lt;.jpg",
  "{{7*7}}.jpg",
  "👩‍👩‍👧‍👦🏳️‍🌈.jpg",
  "\u202egpj.exe.jpg",
  "\u200bzero\ufeffwidth.jpg",
  "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308.jpg",
  "\ufffd.jpg",
  "\ufffe\uffff.jpg",
  "\u00e9.jpg",
  "e\u0301.jpg",
  "\u1e69.jpg",
  "s\u0307\u0323.jpg",
  "s\u0323\u0307.jpg",
  "ﬀ.jpg",
  "İI.jpg",
  "con.jpg",
  "null",
  "NaN",
  "__proto__.jpg",
  "constructor",
  "0",
  "1e5",
  "a.JPG",
  "A.jpg",
];

/** Folders with a picture in each. */
const awkwardFolders = ["folder.jpg", "new\nline", "x", "a.zip!", "tree", "#%?", "ä", "a\u0308"];

/** A picture of one colour, which no other of the tree has. */
function colourOf(index: number): readonly [number, number, number] {
  return [(index * 37) % 256, (index * 101) % 256, (index * 11 + 90) % 256];
}

function pngOf(colour: readonly number[]): Buffer {
  const side = 24;
  const row = Buffer.concat([Buffer.from([0]), ...Array<Buffer>(side).fill(Buffer.from(colour))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const chunk = (type: string, content: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const written = Buffer.alloc(8 + body.length);
    written.writeUInt32BE(content.length, 0);
    written.set(body, 4);
    written.writeUInt32BE(crc32(body), 4 + body.length);
    return written;
  };
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(Array<Buffer>(side).fill(row)))),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Makes the tree in a temporary folder, without root's rights; where the system refuses a name the tree lacks it. */
export function makeHostileTree(): HostileTree {
  const folder = temporaryFolder();
  const tree = join(folder, "tree");
  const rows = new Map<string, readonly [number, number, number] | string>();
  const add = (name: string, path: string | Buffer = `${tree}/${name}`) => {
    const colour = colourOf(rows.size);
    writeFileSync(path, pngOf(colour));
    rows.set(`tree/${name}`, colour);
  };
  mkdirSync(tree);
  mkdirSync(join(folder, "outside/deeper"), { recursive: true });
  writeFileSync(join(folder, "outside/o.jpg"), pngOf([1, 2, 3]));
  for (const name of awkwardNames) add(name);
  for (const name of awkwardFolders) {
    mkdirSync(join(tree, name));
    add(`${name}/in.jpg`);
  }
  addFailing(folder, rows);
  addLinks(folder, rows);
  addDeep(tree, rows, add);
  if (process.platform === "linux") addBytes(tree, rows);
  return { folder, rows, ignored: 4 };
}

type Rows = Map<string, readonly [number, number, number] | string>;

function addFailing(folder: string, rows: Rows): void {
  const tree = join(folder, "tree");
  writeFileSync(join(tree, "empty.jpg"), "");
  writeFileSync(join(tree, "page.jpg"), "<!DOCTYPE html><html></html>");
  execFileSync("mkfifo", [join(tree, "pipe.jpg"), join(tree, "pipe without ending")]);
  rows.set("tree/empty.jpg", "empty_file").set("tree/page.jpg", "not_an_image");
  rows.set("tree/pipe.jpg", "not_a_regular_file");
  // No pictures, and counted: a pipe, a text, an archive, one without bytes or ending.
  writeFileSync(join(tree, "notes.txt"), "text");
  writeFileSync(join(tree, "more.zip"), "PK\x05\x06");
  writeFileSync(join(tree, "nothing"), "");
}

function addLinks(folder: string, rows: Rows): void {
  const tree = join(folder, "tree");
  const link = (target: string, name: string, row: Parameters<Rows["set"]>[1] | undefined) => {
    symlinkSync(target, join(tree, name));
    if (row !== undefined) rows.set(`tree/${name}`, row);
  };
  link("nowhere", "broken.jpg", "broken_symlink");
  link("loop.jpg", "loop.jpg", "symlink_loop");
  link("a.JPG", "inside.jpg", rows.get("tree/a.JPG"));
  link("../outside/o.jpg", "out.jpg", "not_a_regular_file");
  link(join(folder, "outside/o.jpg"), "absolute.jpg", "not_a_regular_file");
  link("../outside", "out", "not_a_regular_file");
  link("/dev/zero", "zero.jpg", "not_a_regular_file");
  link("/proc/self/environ", "environ.jpg", "not_a_regular_file");
  // Folders that are walked under their own names.
  link(".", "self", undefined);
  link("folder.jpg", "to-folder.jpg", undefined);
  link("../..", "ä/up", "not_a_regular_file");
  link("..", "ä/tree", undefined);
}

/** 300 folders deep, and beyond what a path may have. */
function addDeep(tree: string, rows: Rows, add: (name: string) => void): void {
  const deep = Array<string>(300).fill("d").join("/");
  mkdirSync(join(tree, deep), { recursive: true });
  add(`${deep}/deep.jpg`);
  const before = process.cwd();
  const name = "y".repeat(250);
  let shown = "tree";
  let path = tree;
  process.chdir(tree);
  for (let i = 0; i < 18; i += 1) {
    mkdirSync(name);
    process.chdir(name);
    if (Buffer.byteLength(path) < 4096) {
      shown = `${shown}/${name}`;
      path = `${path}/${name}`;
    }
  }
  process.chdir(before);
  rows.set(shown, "unreadable_name");
  // Node removes by whole paths, which these folders are too deep for.
  onTestFinished(() => void execFileSync("rm", ["-rf", `${tree}/${name}`]));
}

/** Names that are no UTF-8: two that read the same where each byte comes as U+FFFD, and a folder. */
function addBytes(tree: string, rows: Rows): void {
  const at = (name: string) => Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(name, "latin1")]);
  for (const name of ["\xe4.jpg", "\xfc.jpg", "caf\xe9.png"]) writeFileSync(at(name), pngOf([9, 9, 9]));
  mkdirSync(at("f\xfc"));
  writeFileSync(at("f\xfc/in.jpg"), pngOf([9, 9, 9]));
  for (const name of ["\\xe4.jpg", "\\xfc.jpg", "caf\\xe9.png", "f\\xfc"])
    rows.set(`tree/${name}`, "unreadable_name");
}
