/** `PRAGMA application_id` of a study's database: "Clip" in ASCII. */
export const applicationId = 0x436c6970;

/**
 * The database's versions: step `i` brings version `i` to `i + 1`. Steps that were released are never edited; what
 * changes is added as a new step.
 */
export const migrations: readonly string[] = [
  `
  -- File content, whatever its name and however many units show it.
  CREATE TABLE image (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    size_bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    warning TEXT
  ) STRICT;

  -- What a file on disk was when it was last read: an unchanged one is not read again.
  CREATE TABLE file (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    image_id INTEGER NOT NULL REFERENCES image (id)
  ) STRICT, WITHOUT ROWID;

  -- One model at one revision and precision with its preprocessing.
  CREATE TABLE encoder (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL,
    precision TEXT NOT NULL,
    files TEXT NOT NULL -- JSON: [{ name, bytes, sha256 }]
  ) STRICT;

  -- Unit-length float32 vectors, little endian.
  CREATE TABLE embedding (
    encoder_id INTEGER NOT NULL REFERENCES encoder (id),
    view TEXT NOT NULL,
    image_id INTEGER NOT NULL REFERENCES image (id),
    vector BLOB NOT NULL,
    UNIQUE (encoder_id, view, image_id)
  ) STRICT;

  CREATE TABLE text_embedding (
    encoder_id INTEGER NOT NULL REFERENCES encoder (id),
    text TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (encoder_id, text)
  ) STRICT;

  -- What is classified: an image file (row_number 0) or a row of a table (from 1).
  CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    row_number INTEGER NOT NULL,
    UNIQUE (path, name, row_number)
  ) STRICT;

  -- One classification. A run without completed_at was interrupted and is removed by the next one.
  CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL,
    completed_at TEXT,
    writer TEXT NOT NULL, -- pid@host, to tell an interrupted run from one under way
    codebook_file TEXT NOT NULL,
    codebook_text TEXT NOT NULL,
    codebook TEXT NOT NULL, -- JSON: the checked codebook
    encoder_id INTEGER NOT NULL REFERENCES encoder (id),
    -- How this run came by the encoder: the same files may be in a folder one day and from the Hub the next.
    model_name TEXT NOT NULL,
    repository TEXT,
    revision TEXT,
    view TEXT NOT NULL,
    scoring TEXT NOT NULL,
    probability_kind TEXT NOT NULL,
    logit_scale REAL NOT NULL,
    logit_bias REAL NOT NULL,
    logit_source TEXT NOT NULL,
    truncated_phrases INTEGER NOT NULL,
    ignored_files INTEGER NOT NULL DEFAULT 0,
    settings TEXT NOT NULL, -- JSON: everything else that was set
    versions TEXT NOT NULL -- JSON: [{ name, version }]
  ) STRICT;

  -- A run's answer for a unit, in the order of the results table: either all of category ... margin, or a failure.
  CREATE TABLE prediction (
    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    image_id INTEGER REFERENCES image (id),
    category INTEGER,
    phrase INTEGER,
    probability REAL,
    runner_up_category INTEGER,
    runner_up_phrase INTEGER,
    runner_up_probability REAL,
    failure_code TEXT,
    failure_sentence TEXT,
    PRIMARY KEY (run_id, position),
    CHECK ((image_id IS NULL) = (failure_code IS NOT NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX prediction_by_category ON prediction (run_id, category, probability);
  `,
  `
  -- Keeping this index in order cost more than all that ever read it.
  DROP INDEX prediction_by_category;

  -- Which Clipbook made each step, so that an earlier one can say what it would have to be updated to.
  CREATE TABLE schema_step (
    version INTEGER PRIMARY KEY,
    clipbook_version TEXT NOT NULL,
    made_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- What a reviewer said of a prediction. Rows are only ever added: of a reviewer's rows for a unit the last one counts, and the
  -- earlier ones stay as its history.
  CREATE TABLE verdict (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'unsure', 'skipped', 'withdrawn')),
    -- The name in the run's codebook.
    correct_category TEXT CHECK (correct_category IS NULL OR verdict = 'wrong'),
    note TEXT NOT NULL,
    queue TEXT NOT NULL, -- JSON: how the unit came to be shown
    judged_at TEXT NOT NULL,
    FOREIGN KEY (run_id, position) REFERENCES prediction (run_id, position)
  ) STRICT;
  CREATE INDEX verdict_by_unit ON verdict (run_id, reviewer, position);

  -- Every text that the app found in a codebook's file when it saved one, and every text that it wrote.
  CREATE TABLE codebook_version (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('app', 'disk'))
  ) STRICT;
  `,
  `
  -- Images drawn for human coders, with the probability that each had of being drawn.
  CREATE TABLE sample (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('pilot', 'training', 'reliability', 'test')),
    run_id INTEGER NOT NULL REFERENCES run (id),
    design TEXT NOT NULL, -- JSON: what was asked for, the strata with their sizes, what was left out
    seed INTEGER NOT NULL,
    sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
    pass_mark REAL CHECK (pass_mark IS NULL OR purpose = 'training'),
    frame BLOB NOT NULL, -- one bit for each position of the run: its image could be drawn, and it is the first unit that shows it
    drawn_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE sample_unit (
    sample_id INTEGER NOT NULL REFERENCES sample (id),
    place INTEGER NOT NULL, -- in the order in which they were drawn
    position INTEGER NOT NULL, -- of the first unit of the run that shows the image
    image_id INTEGER NOT NULL REFERENCES image (id),
    stratum INTEGER NOT NULL,
    inclusion_probability REAL NOT NULL CHECK (inclusion_probability > 0 AND inclusion_probability <= 1),
    known_category TEXT, -- in a training round
    PRIMARY KEY (sample_id, place),
    UNIQUE (sample_id, image_id)
  ) STRICT, WITHOUT ROWID;

  -- Who codes a sample. The link is the secret part of the coder's own address.
  CREATE TABLE sample_coder (
    sample_id INTEGER NOT NULL REFERENCES sample (id),
    coder TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('coder', 'adjudicator')),
    link TEXT NOT NULL UNIQUE,
    added_at TEXT NOT NULL,
    PRIMARY KEY (sample_id, role, coder)
  ) STRICT, WITHOUT ROWID;

  -- What a coder said of an image. Rows are only ever added: of a coder's rows for an image and a variable the last one counts.
  CREATE TABLE coding (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sample_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    coder TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('coder', 'adjudicator')),
    variable TEXT NOT NULL, -- 'category'; others are to come
    answer TEXT NOT NULL CHECK (answer IN ('category', 'unsure', 'uncodable', 'withdrawn')),
    value TEXT CHECK ((value IS NULL) = (answer <> 'category')), -- the category's name
    note TEXT NOT NULL,
    seconds REAL CHECK (seconds >= 0), -- null: not measured
    source TEXT NOT NULL CHECK (source IN ('screen', 'offline', 'csv', 'label-studio')),
    coded_at TEXT NOT NULL,
    FOREIGN KEY (sample_id, place) REFERENCES sample_unit (sample_id, place)
  ) STRICT;
  CREATE INDEX coding_by_coder ON coding (sample_id, coder, place);

  -- When somebody said that the codebook is final, and which one that was.
  CREATE TABLE codebook_freeze (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run (id),
    sha256 TEXT NOT NULL, -- of everything that decides the answers
    frozen_at TEXT NOT NULL
  ) STRICT;

  -- Every look at what a sample says of the predictions.
  CREATE TABLE sample_opening (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sample_id INTEGER NOT NULL REFERENCES sample (id),
    run_id INTEGER NOT NULL REFERENCES run (id),
    freeze_id INTEGER REFERENCES codebook_freeze (id), -- null: nothing was frozen
    how TEXT NOT NULL, -- 'evaluate', 'screen', 'export gold', ...
    opened_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- What clipbook index embedded: a whole list of units or one shard of it. Without completed_at it was cut off.
  CREATE TABLE indexing (
    id INTEGER PRIMARY KEY,
    encoder_id INTEGER NOT NULL REFERENCES encoder (id),
    view TEXT NOT NULL,
    model_name TEXT NOT NULL,
    inputs TEXT NOT NULL, -- JSON: as they were named
    shard INTEGER CHECK (shard BETWEEN 1 AND shards), -- null: the whole list
    shards INTEGER CHECK ((shards IS NULL) = (shard IS NULL)),
    -- What was found, when it is complete: JSON, { list: { units, digest }, part: { units, digest }, failures, ignored }
    found TEXT CHECK ((found IS NULL) = (completed_at IS NULL)),
    versions TEXT NOT NULL, -- JSON: [{ name, version }]
    started_at TEXT NOT NULL,
    completed_at TEXT
  ) STRICT;
  `,
  `
  -- Embeddings that were made elsewhere. An import without completed_at was cut off: the same one goes on, any other removes it.
  CREATE TABLE embedding_import (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL, -- of the files and of how they were read
    -- Never an encoder of Clipbook's own: nobody can prove that the two mix.
    encoder_id INTEGER NOT NULL UNIQUE REFERENCES encoder (id),
    view TEXT NOT NULL,
    origin TEXT NOT NULL, -- JSON: where they come from, and which encoder Clipbook was told to believe
    started_at TEXT NOT NULL,
    completed_at TEXT
  ) STRICT;

  -- Its rows in their order: an image without content, or why there is none.
  CREATE TABLE imported_unit (
    import_id INTEGER NOT NULL REFERENCES embedding_import (id),
    position INTEGER NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    image_id INTEGER REFERENCES image (id),
    failure_code TEXT,
    failure_sentence TEXT,
    PRIMARY KEY (import_id, position),
    CHECK ((image_id IS NULL) = (failure_code IS NOT NULL))
  ) STRICT, WITHOUT ROWID;

  -- Vectors of images that were numbered one after the other: a row of its own for each would take longer, and more room.
  CREATE TABLE embedding_block (
    id INTEGER PRIMARY KEY,
    encoder_id INTEGER NOT NULL REFERENCES encoder (id),
    first_image_id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    number_type TEXT NOT NULL CHECK (number_type IN ('float16', 'float32')),
    vectors BLOB NOT NULL, -- little endian
    UNIQUE (encoder_id, first_image_id)
  ) STRICT;
  `,
];
