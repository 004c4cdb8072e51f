import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { openJobReader } from "../../../src/pipeline/queue/openJobReader.ts";
import { startPictureServer } from "./pictureServer.ts";

const content = Buffer.from("a picture's bytes");

async function fetchFrom(answer: RequestListener, path = "a.jpg", fetchMs = 10_000) {
  const server = await startPictureServer(answer);
  const reader = openJobReader([{ name: "archive", place: `${server.url}pictures/` }], {
    isLocal: false,
    fetchMs,
  });
  const sha256 = createHash("sha256").update(content).digest("hex");
  const unit = { sha256, sizeBytes: content.length, root: "archive", path };
  const fetched = reader.withBytes(unit, async (bytes) => bytes.toString(), new AbortController().signal);
  return { fetched, asked: server.asked };
}

describe("a job's file below a root that is an address", () => {
  it.each([
    ["2020/a b.jpg", "2020/a%20b.jpg"],
    ["100%/#?&+.jpg", "100%25/%23%3F%26%2B.jpg"],
    ["%2e%2e/a.jpg", "%252e%252e/a.jpg"],
    ["a\\..\\b.jpg", "a%5C..%5Cb.jpg"],
    ["//evil.example/a.jpg", "//evil.example/a.jpg"],
    ["ä.jpg", "%C3%A4.jpg"],
  ])("is asked for below the address alone: %s", async (path, written) => {
    const { fetched, asked } = await fetchFrom((_request, response) => response.end(content), path);
    expect(await fetched).toBe(content.toString());
    expect(asked).toEqual([`/pictures/${written}`]);
  });

  it("is asked for in the other form of its letters where the server has that one", async () => {
    const { fetched } = await fetchFrom(
      (request, response) =>
        request.url === "/pictures/%C3%A4.jpg" ? response.end(content) : response.writeHead(404).end(),
      "ä.jpg".normalize("NFD"),
    );
    expect(await fetched).toBe(content.toString());
  });

  it.each<[string, string, RequestListener]>([
    ["missing_file", "answered 404", (_request, response) => response.writeHead(404).end("no such file")],
    ["missing_file", "answered 500", (_request, response) => response.writeHead(500).end(content)],
    ["permission_denied", "answered 403", (_request, response) => response.writeHead(403).end()],
    [
      "missing_file",
      "leads elsewhere (302)",
      (request, response) =>
        request.url === "/secret"
          ? response.end(content)
          : response.writeHead(302, { location: "/secret" }).end(),
    ],
    ["changed_during_read", "another file", (_request, response) => response.end("A picture's bytes")],
    ["changed_during_read", "another file", (_request, response) => response.end("short")],
    ["changed_during_read", "another file", (_request, response) => response.end("")],
    [
      "missing_file",
      "broke off",
      (_request, response) => {
        response.writeHead(200, { "content-length": content.length });
        response.write(content.subarray(0, 5), () => response.destroy());
      },
    ],
    ["missing_file", "cannot be reached", (request) => request.destroy()],
  ])("is unreachable with %s where the server %s", async (code, sentence, answer) => {
    const { fetched } = await fetchFrom(answer);
    await expect(fetched).rejects.toMatchObject({ name: "Unreachable", code });
    await expect(fetched).rejects.toThrow(sentence);
  });

  it("is unreachable where the server never ends, of which no more is taken than the job says", async () => {
    let sent = 0;
    const { fetched } = await fetchFrom((_request, response) => {
      const more = () => {
        sent += 65_536;
        if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more));
      };
      more();
    });
    await expect(fetched).rejects.toMatchObject({ code: "changed_during_read" });
    expect(sent).toBeLessThan(50_000_000);
  });

  it.each<[string, RequestListener]>([
    ["does not answer", () => undefined],
    ["stops in the middle", (_request, response) => response.write(content.subarray(0, 5))],
  ])("is unreachable with timeout where the server %s", async (_what, answer) => {
    const { fetched } = await fetchFrom(answer, "a.jpg", 300);
    await expect(fetched).rejects.toMatchObject({
      code: "timeout",
      message: "a worker's address took too long",
    });
  });
});
