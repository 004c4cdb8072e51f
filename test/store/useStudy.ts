// Started by tests as a process of its own. `hold FOLDER MS` keeps the study for writing, `lock FOLDER MS` for a run;
// `migrate FOLDER MS` makes a new study's schema and is slow at it; `open FOLDER START COUNT` opens studies 0, 1, ... in
// the folder, one each 50 ms.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { applicationId, migrations } from "../../src/store/migrations.ts";
import { openStudy } from "../../src/store/openStudy.ts";

const [task, directory = "", first = "0", second = "0"] = process.argv.slice(2);

function wait(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, milliseconds));
}

if (task === "hold") {
  const study = openStudy(directory);
  study.transaction(() => {
    process.stdout.write("holding\n");
    wait(Number(first));
  });
  study.close();
}
if (task === "lock") {
  const study = openStudy(directory);
  const lock = study.lock();
  process.stdout.write("holding\n");
  wait(Number(first));
  lock.release();
  study.close();
}
if (task === "migrate") {
  const database = new DatabaseSync(join(directory, "clipbook.db"));
  database.exec("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE");
  process.stdout.write("holding\n");
  wait(Number(first));
  for (const step of migrations) database.exec(step);
  database.exec(
    `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`,
  );
  database.close();
}
if (task === "open") {
  for (let i = 0; i < Number(second); i++) {
    wait(Number(first) + i * 50 - Date.now());
    openStudy(join(directory, String(i))).close();
  }
}
