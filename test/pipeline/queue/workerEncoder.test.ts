import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadEncoder } from "../../../src/model/loadEncoder.ts";
import type { Encoder } from "../../../src/model/openEncoder.ts";
import { loadSessionEncoder, maybeRefusal } from "../../../src/pipeline/queue/workerEncoder.ts";
import { startHubFixture, vision } from "../../model/hubFixture.ts";
import { soundSession } from "../../queue/soundSession.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { tinyModelFolder } from "../../tinyModels.ts";

const { signal } = new AbortController();

/** What a coordinator with this encoder tells. */
function sessionOf(encoder: Encoder) {
  const { identity, name: model, precision } = encoder;
  const files = encoder.model.files.map(({ name, sha256 }) => ({ name, sha256 }));
  return soundSession({ encoder: { identity, model, precision, files } });
}

async function opened(...load: Parameters<typeof loadEncoder>): Promise<Encoder> {
  const encoder = await loadEncoder(...load);
  onTestFinished(() => encoder.close());
  return encoder;
}

describe("a session's encoder on a worker", () => {
  it("is downloaded where it is a registered one, and is the coordinator's by its digests", async () => {
    const [theirs, ours] = [await startHubFixture(), await startHubFixture()];
    onTestFinished(() => Promise.all([theirs.close(), ours.close()]).then(() => undefined));
    const { model, environment } = theirs;
    const coordinator = await opened(model.id, { environment, registry: [model] });
    const where = { models: [], environment: ours.environment, registry: [model], signal };
    const encoder = await loadSessionEncoder(sessionOf(coordinator), where);
    onTestFinished(() => encoder.close());
    expect(encoder.identity).toBe(coordinator.identity);
    expect(ours.server.served(vision)).toHaveLength(1);
  });

  it("is not downloaded where a folder has the same files", async () => {
    const hub = await startHubFixture();
    onTestFinished(() => hub.close());
    const { model, environment } = hub;
    const coordinator = await opened(tinyModelFolder("clip"));
    const session = sessionOf(coordinator);
    const named = { ...session, encoder: { ...session.encoder, model: model.id } };
    const where = { models: [tinyModelFolder("clip")], environment, registry: [model], signal };
    const encoder = await loadSessionEncoder(named, where);
    onTestFinished(() => encoder.close());
    expect(hub.server.answers).toEqual([]);
  });

  it("is found in a folder of another name, among several", async () => {
    const elsewhere = join(temporaryFolder(), "copied");
    cpSync(tinyModelFolder("clip"), elsewhere, { recursive: true });
    const session = sessionOf(await opened(tinyModelFolder("clip")));
    const models = [tinyModelFolder("siglip"), "/nowhere", elsewhere];
    const encoder = await loadSessionEncoder(session, { models, signal });
    onTestFinished(() => encoder.close());
    expect(encoder.identity).toBe(session.encoder.identity);
  });

  it("comes out the same in int8, made on each machine for itself", async () => {
    const environmentOf = (home: string) => ({ XDG_CACHE_HOME: home, HOME: home });
    const [theirs, ours] = [environmentOf(temporaryFolder()), environmentOf(temporaryFolder())];
    const folder = join(temporaryFolder(), "tiny");
    cpSync(tinyModelFolder("clip"), folder, { recursive: true });
    const coordinator = await opened(folder, { precision: "int8", environment: theirs });
    const where = { models: [folder], environment: ours, signal };
    const encoder = await loadSessionEncoder(sessionOf(coordinator), where);
    onTestFinished(() => encoder.close());
    expect([encoder.precision, encoder.identity]).toEqual(["int8", coordinator.identity]);
    const float = await opened(folder);
    expect(float.identity).not.toBe(encoder.identity);
  });

  it("is refused with the names of the files that differ", async () => {
    const other = join(temporaryFolder(), "other");
    cpSync(tinyModelFolder("clip"), other, { recursive: true });
    const config = join(other, "preprocessor_config.json");
    writeFileSync(config, `${readFileSync(config, "utf8")}\n`);
    const session = sessionOf(await opened(tinyModelFolder("clip")));
    const refused = loadSessionEncoder(session, { models: [other], signal });
    await expect(refused).rejects.toMatchObject({
      name: "UserError",
      message: `the model tiny-clip, float32, ${session.encoder.identity.slice(0, 12)} is not on this machine: ${other} has another preprocessor_config.json`,
      hint: "copy the coordinator's folder of the model here, and start the worker with --model FOLDER",
    });
  });

  it("is never a folder that the queue names", async () => {
    const session = sessionOf(await opened(tinyModelFolder("clip")));
    const named = { ...session, encoder: { ...session.encoder, model: tinyModelFolder("clip") } };
    await expect(loadSessionEncoder(named, { models: [], signal })).rejects.toThrow("is not on this machine");
  });
});

describe("a session that a worker may not work for, whatever it has", () => {
  it("is none of this version with the worker's roots", () => {
    expect(maybeRefusal(soundSession(), ["other", "archive"])).toBeUndefined();
    expect(maybeRefusal(soundSession({ roots: [] }), [])).toBeUndefined();
  });

  it.each([
    [{ clipbookVersion: "0.0.1" }, "17@desk runs Clipbook 0.0.1, this is"],
    [{ preprocessingVersion: 0 }, "17@desk prepares pictures by version 0, this Clipbook by"],
    [{ roots: ["archive", "b", "c"] }, "its pictures lie under b, c: start the worker with --root b=FOLDER"],
  ])("is one with %j", (changes, reason) => {
    expect(maybeRefusal(soundSession(changes), ["archive"])).toContain(reason);
  });
});
