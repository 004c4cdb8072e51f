import type { FileHandle } from "node:fs/promises";

// Large enough that a graph's nodes are read in few pieces, small enough to skip from weight to weight.
const windowBytes = 65_536;
// A 64-bit number takes at most ten bytes of seven bits (Protocol Buffers, "Encoding", varints).
const longestVarint = 10;

/**
 * Reads protocol buffers from an open file a piece at a time, so that what is skipped is never in memory. Its
 * lifetime is the file's. Every method throws RangeError when the bytes are not a message.
 */
export class ProtobufReader {
  /** Offset in the file of the next byte. */
  position = 0;
  readonly #file: FileHandle;
  readonly #size: number;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  async readTag(): Promise<{ readonly field: number; readonly wire: number }> {
    const tag = await this.readVarint();
    const field = Math.floor(tag / 8);
    if (field === 0) throw new RangeError(`no field number at byte ${this.position}`);
    return { field, wire: tag % 8 };
  }

  /** An unsigned number; beyond 2^53 only roughly, which is enough for values that are passed over. */
  async readVarint(): Promise<number> {
    await this.#fill(longestVarint);
    let value = 0;
    for (let i = 0; i < longestVarint; i++) {
      const byte = this.#window[this.position - this.#windowStart];
      if (byte === undefined) throw new RangeError("the file ends too early");
      this.position += 1;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    throw new RangeError(`a number without end at byte ${this.position}`);
  }

  /** Reads the length before a value and returns where the value ends. */
  async readLength(messageEnd: number): Promise<number> {
    const length = await this.readVarint();
    const end = this.position + length;
    if (end > this.#size) throw new RangeError(`the file ends ${end - this.#size} bytes too early`);
    if (end > messageEnd)
      throw new RangeError(`a value that is longer than its message at byte ${this.position}`);
    return end;
  }

  async readText(end: number): Promise<string> {
    return (await this.#view(end)).toString("utf8");
  }

  /** A copy of the bytes up to `end`. */
  async readBytes(end: number): Promise<Buffer> {
    return Buffer.from(await this.#view(end));
  }

  async #view(end: number): Promise<Buffer> {
    const length = end - this.position;
    await this.#fill(length);
    const start = this.position - this.#windowStart;
    this.position = end;
    return this.#window.subarray(start, start + length);
  }

  /** Passes over a value that has no length in front. */
  async skipValue(wire: number, messageEnd: number): Promise<void> {
    if (wire === 0) await this.readVarint();
    else if (wire === 1) this.position += 8;
    else if (wire === 5) this.position += 4;
    else throw new RangeError(`a value of unknown kind ${wire} at byte ${this.position}`);
    if (this.position > messageEnd) throw new RangeError("the file ends too early");
  }

  /** Makes the next bytes readable, as many as there are. */
  async #fill(bytes: number): Promise<void> {
    const end = Math.min(this.position + bytes, this.#size);
    const isThere = this.position >= this.#windowStart && end <= this.#windowStart + this.#window.length;
    if (isThere) return;
    const window = Buffer.alloc(Math.min(Math.max(windowBytes, bytes), this.#size - this.position));
    const { bytesRead } = await this.#file.read(window, 0, window.length, this.position);
    this.#window = window.subarray(0, bytesRead);
    this.#windowStart = this.position;
  }
}
