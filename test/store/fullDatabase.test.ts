import { join } from "node:path";
import { expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { openEmbeddingStore } from "../../src/store/embeddingStore.ts";
import { inTransaction } from "../../src/store/inTransaction.ts";
import { explained, openDatabase } from "../../src/store/openDatabase.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { encoderRecord } from "./runSpec.ts";

it("a database that may not grow any more keeps what was stored, stays whole, and goes on when it may", () => {
  const path = join(temporaryFolder(), "clipbook.db");
  const database = openDatabase(path);
  const store = openEmbeddingStore(database);
  const encoderId = inTransaction(database, () => store.encoderId(encoderRecord));
  const pages = Number(database.prepare("PRAGMA page_count").get()?.page_count);
  database.exec(`PRAGMA max_page_count = ${pages + 20}`);
  // Ten texts to a transaction, as the batches of a run.
  const saveTen = (from: number) =>
    inTransaction(database, () => {
      for (let i = from; i < from + 10; i++)
        store.saveTexts(encoderId, [[`text ${i}`, new Float32Array(512).fill(i)]]);
    });
  let saved = 0;
  const fill = () => {
    for (; saved < 10_000; saved += 10) saveTen(saved);
  };
  let failure: unknown;
  try {
    fill();
  } catch (error) {
    failure = explained(error, path);
  }
  expect(failure).toBeInstanceOf(UserError);
  expect((failure as UserError).message).toBe(`${path}: the disk is full`);
  expect((failure as UserError).hint).toBe("make room and try again");
  expect(saved).toBeGreaterThan(0);
  const count = () => Number(database.prepare("SELECT count(*) AS n FROM text_embedding").get()?.n);
  expect(count()).toBe(saved);
  expect(database.prepare("PRAGMA integrity_check").get()?.integrity_check).toBe("ok");
  database.exec("PRAGMA max_page_count = 1073741823");
  saveTen(saved);
  expect(count()).toBe(saved + 10);
  database.close();
});
