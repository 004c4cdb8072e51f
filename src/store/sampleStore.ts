import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { CodingRole } from "../validation/coding.ts";
import type { DrawnDesign } from "../validation/drawnDesign.ts";
import type { SamplePurpose } from "../validation/sampleSpec.ts";
import { type Prediction, toPrediction } from "./runStore.ts";

/** A drawn sample; immutable. */
export interface Sample {
  readonly id: number;
  readonly name: string;
  readonly purpose: SamplePurpose;
  /** The run whose images and predictions it was drawn from. */
  readonly runId: number;
  readonly design: DrawnDesign;
  readonly seed: number;
  readonly isSealed: boolean;
  /** Of a training round: the share of right answers that passes, 0..1. */
  readonly passMark: number | undefined;
  /** ISO 8601 */
  readonly drawnAt: string;
}

/** A drawn image. */
export interface SampleMember {
  /** In the order of drawing, from 0. */
  readonly place: number;
  /** Of the first unit of the run that shows the image. */
  readonly position: number;
  readonly imageId: number;
  /** Index into the design's strata. */
  readonly stratum: number;
  /** 0..1, above 0 */
  readonly inclusionProbability: number;
  /** The right answer, in a training round. */
  readonly knownCategory: string | undefined;
}

/** A member with the unit that stands for it. */
export interface NamedMember extends SampleMember {
  readonly unitId: number;
  readonly name: string;
  /** Of the image, lower case hexadecimal. */
  readonly sha256: string;
}

/** Somebody who codes a sample. */
export interface SampleCoder {
  readonly sampleId: number;
  readonly coder: string;
  readonly role: CodingRole;
  /** The secret part of the coder's address. */
  readonly link: string;
  readonly addedAt: string;
}

/** A codebook that was declared final. */
export interface CodebookFreeze {
  readonly id: number;
  readonly runId: number;
  /** Of everything that decides the answers, hexadecimal. */
  readonly sha256: string;
  readonly frozenAt: string;
}

/** A look at what a sample says of a run's predictions. */
export interface SampleOpening {
  readonly sampleId: number;
  readonly runId: number;
  /** The freeze that stood then. */
  readonly freezeId: number | undefined;
  readonly how: string;
  readonly openedAt: string;
}

/** Samples, who codes them, when the codebook was frozen, and who looked. Call what writes in a transaction. */
export interface SampleStore {
  /** @param frame the positions that could be drawn, as `frameBits` */
  add(sample: Omit<Sample, "id">, members: readonly Omit<SampleMember, "place">[], frame: Uint8Array): Sample;
  /** The positions that could be drawn, as `frameBits`. @throws RangeError for an unknown sample */
  frameOf(sampleId: number): Uint8Array;
  /** The oldest first. */
  list(): readonly Sample[];
  maybeByName(name: string): Sample | undefined;
  /** By place. */
  members(sampleId: number): readonly NamedMember[];
  /** Of the members, by place. */
  imageIds(sampleId: number): readonly number[];
  addCoder(coder: SampleCoder): void;
  /** By role and name. */
  coders(sampleId: number): readonly SampleCoder[];
  maybeByLink(link: string): { readonly sample: Sample; readonly coder: SampleCoder } | undefined;
  addFreeze(freeze: Omit<CodebookFreeze, "id">): CodebookFreeze;
  /** The oldest first. */
  freezes(): readonly CodebookFreeze[];
  /**
   * A run's predictions for images, by their ids: where several units show one, the first's. Images that the run does not have, or
   * could not classify, are left out.
   */
  predictionsOf(runId: number, imageIds: readonly number[]): ReadonlyMap<number, Prediction>;
  addOpening(opening: SampleOpening): void;
  /** The oldest first. */
  openings(sampleId: number): readonly SampleOpening[];
}

/** All but the frame, which is large and rarely wanted. */
const columns = "id, name, purpose, run_id, design, seed, sealed, pass_mark, drawn_at";

/** @throws Error of SQLite */
export function openSampleStore(database: DatabaseSync): SampleStore {
  const insert = database.prepare(`
    INSERT INTO sample (name, purpose, run_id, design, seed, sealed, pass_mark, drawn_at, frame)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${columns}`);
  const insertMembers = database.prepare(`
    INSERT INTO sample_unit (sample_id, place, position, image_id, stratum, inclusion_probability, known_category)
    SELECT ?, j.key, j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4 FROM json_each(?) AS j`);
  const list = database.prepare(`SELECT ${columns} FROM sample ORDER BY id`);
  const byName = database.prepare(`SELECT ${columns} FROM sample WHERE name = ?`);
  const byId = database.prepare(`SELECT ${columns} FROM sample WHERE id = ?`);
  const frame = database.prepare("SELECT frame FROM sample WHERE id = ?");
  const members = database.prepare(`
    SELECT s.place, s.position, s.image_id, s.stratum, s.inclusion_probability, s.known_category, p.unit_id,
      lower(hex(i.sha256)) AS sha256, CASE u.name WHEN '' THEN 'row ' || u.row_number ELSE u.name END AS name
    FROM sample_unit AS s JOIN sample ON sample.id = s.sample_id
    JOIN prediction AS p ON p.run_id = sample.run_id AND p.position = s.position
    JOIN unit AS u ON u.id = p.unit_id JOIN image AS i ON i.id = s.image_id
    WHERE s.sample_id = ? ORDER BY s.place`);
  const imageIds = database.prepare("SELECT image_id FROM sample_unit WHERE sample_id = ? ORDER BY place");
  const insertCoder = database.prepare(
    "INSERT INTO sample_coder (sample_id, coder, role, link, added_at) VALUES (?, ?, ?, ?, ?)",
  );
  const coders = database.prepare("SELECT * FROM sample_coder WHERE sample_id = ? ORDER BY role DESC, coder");
  const byLink = database.prepare("SELECT * FROM sample_coder WHERE link = ?");
  const insertFreeze = database.prepare(
    "INSERT INTO codebook_freeze (run_id, sha256, frozen_at) VALUES (?, ?, ?) RETURNING *",
  );
  const freezes = database.prepare("SELECT * FROM codebook_freeze ORDER BY id");
  const insertOpening = database.prepare(
    "INSERT INTO sample_opening (sample_id, run_id, freeze_id, how, opened_at) VALUES (?, ?, ?, ?, ?)",
  );
  // Goes through the run once, for there is no index by image: a run of a million takes some tenths of a second.
  const predictions = database.prepare(`
    SELECT p.position, p.image_id, p.category, p.phrase, p.probability, p.runner_up_category, p.runner_up_phrase,
      p.runner_up_probability
    FROM prediction AS p WHERE p.run_id = ? AND p.category IS NOT NULL
      AND p.image_id IN (SELECT value FROM json_each(?)) ORDER BY p.position DESC`);
  const openings = database.prepare("SELECT * FROM sample_opening WHERE sample_id = ? ORDER BY id");
  const maybeSample = (row: SqlRow | undefined) => (row === undefined ? undefined : toSample(row));
  return {
    add: (sample, drawn, frameBytes) => {
      const row = insert.get(
        sample.name,
        sample.purpose,
        sample.runId,
        JSON.stringify(sample.design),
        sample.seed,
        sample.isSealed ? 1 : 0,
        sample.passMark ?? null,
        sample.drawnAt,
        frameBytes,
      ) as SqlRow;
      const added = toSample(row);
      insertMembers.run(
        added.id,
        JSON.stringify(
          drawn.map(({ position, imageId, stratum, inclusionProbability, knownCategory }) => [
            position,
            imageId,
            stratum,
            inclusionProbability,
            knownCategory ?? null,
          ]),
        ),
      );
      return added;
    },
    frameOf: (sampleId) => {
      const found = frame.get(sampleId);
      if (found === undefined) throw new RangeError(`there is no sample ${sampleId}`);
      return found.frame as Uint8Array;
    },
    list: () => list.all().map(toSample),
    maybeByName: (name) => maybeSample(byName.get(name)),
    members: (sampleId) => members.all(sampleId).map(toMember),
    imageIds: (sampleId) => imageIds.all(sampleId).map((row) => row.image_id as number),
    addCoder: ({ sampleId, coder, role, link, addedAt }) => {
      insertCoder.run(sampleId, coder, role, link, addedAt);
    },
    coders: (sampleId) => coders.all(sampleId).map(toCoder),
    maybeByLink: (link) => {
      const row = byLink.get(link);
      if (row === undefined) return undefined;
      const coder = toCoder(row);
      return { sample: toSample(byId.get(coder.sampleId) as SqlRow), coder };
    },
    addFreeze: ({ runId, sha256, frozenAt }) => toFreeze(insertFreeze.get(runId, sha256, frozenAt) as SqlRow),
    freezes: () => freezes.all().map(toFreeze),
    predictionsOf: (runId, imageIds) =>
      // The first unit comes last, and stays.
      new Map(
        predictions
          .all(runId, JSON.stringify(imageIds))
          .map((row) => [row.image_id as number, toPrediction(row)]),
      ),
    addOpening: ({ sampleId, runId, freezeId, how, openedAt }) => {
      insertOpening.run(sampleId, runId, freezeId ?? null, how, openedAt);
    },
    openings: (sampleId) =>
      openings.all(sampleId).map((row) => ({
        sampleId: row.sample_id as number,
        runId: row.run_id as number,
        freezeId: (row.freeze_id as number | null) ?? undefined,
        how: row.how as string,
        openedAt: row.opened_at as string,
      })),
  };
}

type SqlRow = Record<string, SQLOutputValue>;

function toSample(row: SqlRow): Sample {
  return {
    id: row.id as number,
    name: row.name as string,
    purpose: row.purpose as SamplePurpose,
    runId: row.run_id as number,
    design: JSON.parse(row.design as string) as DrawnDesign,
    seed: row.seed as number,
    isSealed: row.sealed === 1,
    passMark: (row.pass_mark as number | null) ?? undefined,
    drawnAt: row.drawn_at as string,
  };
}

function toMember(row: SqlRow): NamedMember {
  return {
    place: row.place as number,
    position: row.position as number,
    imageId: row.image_id as number,
    stratum: row.stratum as number,
    inclusionProbability: row.inclusion_probability as number,
    knownCategory: (row.known_category as string | null) ?? undefined,
    unitId: row.unit_id as number,
    name: row.name as string,
    sha256: row.sha256 as string,
  };
}

function toCoder(row: SqlRow): SampleCoder {
  return {
    sampleId: row.sample_id as number,
    coder: row.coder as string,
    role: row.role as CodingRole,
    link: row.link as string,
    addedAt: row.added_at as string,
  };
}

function toFreeze(row: SqlRow): CodebookFreeze {
  return {
    id: row.id as number,
    runId: row.run_id as number,
    sha256: row.sha256 as string,
    frozenAt: row.frozen_at as string,
  };
}
