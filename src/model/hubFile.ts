import { fileDownloadInfo, HubApiError, InvalidApiResponseFormatError } from "@huggingface/hub";
import { UserError } from "../errors.ts";
import { ConnectionFailure, type HubConnection, withinSilence } from "./hubConnection.ts";
import type { HubRevision } from "./registeredModel.ts";

/** What the Hub says about one file of a revision. */
export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  /** The Hub's name for the content: SHA-256 for large files, Git's object id for small ones. */
  readonly etag: string;
  readonly url: string;
}

/**
 * Asks the Hub for a file's size and content name.
 * @throws UserError when the file, revision or repository is not there, or access is refused
 * @throws ConnectionFailure when the Hub does not answer
 */
export async function readHubFile(hub: HubConnection, revision: HubRevision, path: string): Promise<HubFile> {
  // Ends the answer's unread body.
  const done = new AbortController();
  try {
    const found = await withinSilence(hub.stallMs, [hub.signal, done.signal], (signal) =>
      fileDownloadInfo({
        repo: revision.repository,
        revision: revision.revision,
        path,
        hubUrl: hub.endpoint,
        fetch: (input, init) => hub.fetch(input, { ...init, signal }),
      }),
    );
    if (found === null) throw notFound(hub, revision, path);
    const etag = found.etag.replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
    // It becomes a file name.
    if (!/^[\w-]{1,128}$/.test(etag))
      throw new InvalidApiResponseFormatError(`an ETag like ${JSON.stringify(etag)}`);
    return { path, bytes: found.size, etag, url: found.url };
  } catch (error) {
    throw describeRefusal(error, hub, revision, path);
  } finally {
    done.abort();
  }
}

function describeRefusal(error: unknown, hub: HubConnection, revision: HubRevision, path: string): unknown {
  if (error instanceof InvalidApiResponseFormatError) {
    return new UserError(`${hub.endpoint} does not answer like the Hub: ${error.message}`, {
      hint: "check HF_ENDPOINT; a network that asks for a login in the browser also answers like this",
      cause: error,
    });
  }
  return error instanceof HubApiError ? describeStatus(error.statusCode, hub, revision, path, error) : error;
}

/** The error for an answer that is no success; one that may pass is a ConnectionFailure. */
export function describeStatus(
  status: number,
  hub: HubConnection,
  revision: HubRevision,
  path: string,
  cause?: unknown,
): Error {
  if (status === 404) return notFound(hub, revision, path);
  if (status === 401 || status === 403) {
    return new UserError(`${hub.endpoint} refuses access to ${revision.repository} (status ${status})`, {
      hint: "the repository does not exist there, or it needs a token in HF_TOKEN",
      cause,
    });
  }
  const retriable = status >= 500 || status === 408 || status === 429;
  return new ConnectionFailure(`status ${status} for ${path}`, { cause, retriable });
}

function notFound(hub: HubConnection, { repository, revision }: HubRevision, path: string): UserError {
  return new UserError(`${hub.endpoint} has no ${path} in ${repository} at revision ${revision}`, {
    hint: "the repository was changed or removed there: try another HF_ENDPOINT, or a copied folder with --model DIR",
  });
}
