/**
 * How much of the server its clients can take up together, whatever they do. There is no limit to the whole time of an answer: one who
 * reads a few bytes now and then holds a connection and an answer's memory, as one who opens connections anew could; a limit would end
 * only downloads over slow networks.
 */
export interface ServerLimits {
  /** Connections at once; further ones are ended at once. */
  readonly connections: number;
  /** Bytes of a request's first line and headers. */
  readonly headerBytes: number;
  /** Headers of a request. */
  readonly headers: number;
  /** Until a request's headers have come, from the opening of the connection on. */
  readonly headersMs: number;
  /** Until all of a request has come. */
  readonly requestMs: number;
  /** An answer of which the client takes nothing for so long is given up. */
  readonly stalledMs: number;
  /** How often the three times above are looked at. */
  readonly checkMs: number;
}

/**
 * Browsers open six connections to a server; a room of coders needs some hundred. Headers of browsers are below 2 kB; a body has 8 MB
 * at most, which a slow wireless network takes a minute for.
 */
export const serverLimits: ServerLimits = {
  connections: 512,
  headerBytes: 16_384,
  headers: 100,
  headersMs: 15_000,
  requestMs: 60_000,
  stalledMs: 60_000,
  checkMs: 2_000,
};
