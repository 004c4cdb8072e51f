/** One message between a process and its decoder: a few named values, and bytes that are sent as they are. */
export interface Frame {
  readonly head: unknown;
  readonly body: Uint8Array;
}

/** What a reader of frames accepts at most. */
export interface FrameLimits {
  readonly headBytes: number;
  readonly bodyBytes: number;
}

/** In front of each frame: the lengths of its head and its body, 32 bits each. */
const lengthsBytes = 8;

/** What goes in front of a frame's body: both lengths, and the head as JSON. */
export function frameHead(head: object, bodyBytes: number): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(lengthsBytes);
  lengths.writeUInt32LE(json.length, 0);
  lengths.writeUInt32LE(bodyBytes, 4);
  return Buffer.concat([lengths, json]);
}

/**
 * Puts frames together from whatever pieces a pipe hands over.
 * @param place memory for bodies that is used again for each of them, where they fit; new memory when absent
 * @returns takes the next piece; it throws RangeError for what is no frame, or one above the limits
 */
export function openFrameReader(
  limits: FrameLimits,
  onFrame: (frame: Frame) => void,
  place: Buffer = Buffer.alloc(0),
): (piece: Uint8Array) => void {
  let wanted: Buffer = Buffer.alloc(lengthsBytes);
  let filled = 0;
  let reading: "lengths" | "head" | "body" = "lengths";
  let bodyBytes = 0;
  let head: unknown;
  const next = (what: typeof reading, memory: Buffer) => {
    reading = what;
    wanted = memory;
    filled = 0;
  };
  const takeWhole = () => {
    if (reading === "lengths") {
      const headBytes = wanted.readUInt32LE(0);
      bodyBytes = wanted.readUInt32LE(4);
      if (headBytes === 0 || headBytes > limits.headBytes || bodyBytes > limits.bodyBytes) {
        throw new RangeError(`a frame of ${headBytes} and ${bodyBytes} bytes`);
      }
      next("head", Buffer.allocUnsafe(headBytes));
    } else if (reading === "head") {
      head = parsed(wanted);
      next(
        "body",
        bodyBytes <= place.length ? place.subarray(0, bodyBytes) : Buffer.allocUnsafeSlow(bodyBytes),
      );
    } else {
      const body = wanted;
      next("lengths", Buffer.alloc(lengthsBytes));
      onFrame({ head, body });
    }
  };
  return (piece) => {
    for (let at = 0; ; ) {
      const taken = Math.min(wanted.length - filled, piece.length - at);
      wanted.set(piece.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      // A body of no bytes is whole at once, also at the end of a piece.
      if (filled === wanted.length) takeWhole();
      else if (at === piece.length) return;
    }
  };
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch (cause) {
    throw new RangeError("the head of a frame is no JSON", { cause });
  }
}
