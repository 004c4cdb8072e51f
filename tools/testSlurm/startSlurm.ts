import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, constants, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A Slurm with one node that runs on this machine alone. */
export interface Slurm {
  /** For `SLURM_CONF`. */
  readonly configuration: string;
  /** Ends its daemons by their process numbers. */
  stop(): Promise<void>;
}

const programs = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "sinfo", "scancel"];

/** Debian puts daemons where only root's PATH leads. */
const searchPath = `${process.env.PATH}${delimiter}/usr/sbin${delimiter}/sbin`;

/** The programs of slurm-wlm and munge that are not installed. */
export function missingSlurmPrograms(): readonly string[] {
  const isThere = (path: string): boolean => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return programs.filter((name) => !searchPath.split(delimiter).some((place) => isThere(join(place, name))));
}

/**
 * Starts munged, slurmctld and slurmd for the user who calls, without systemd, cgroups or accounting, on free ports of the
 * loopback, everything they write in `folder`.
 * @throws Error with the ends of their logs when the node does not come up
 */
export async function startSlurm(folder: string): Promise<Slurm> {
  const place = join(folder, "slurm");
  for (const name of ["", "state", "spool", "munge"]) mkdirSync(join(place, name), { mode: 0o755 });
  const munge = (name: string) => join(place, "munge", name);
  writeFileSync(munge("key"), randomBytes(1024), { mode: 0o600 });
  chmodSync(munge("key"), 0o400);
  const configuration = join(place, "slurm.conf");
  writeFileSync(configuration, configurationText(place, await freePort(), await freePort()));
  writeFileSync(join(place, "cgroup.conf"), `CgroupPlugin=${unusedCgroupPlugin()}\n`);
  const daemons: { readonly name: string; readonly process: ChildProcess }[] = [];
  const start = (name: string, args: readonly string[]) => {
    const log = openSync(join(place, `${name}.out`), "a");
    const environment = { ...process.env, PATH: searchPath, SLURM_CONF: configuration };
    const daemon = spawn(name, args, { stdio: ["ignore", log, log], env: environment });
    daemons.push({ name, process: daemon });
  };
  const stop = async () => {
    for (const { process: daemon } of daemons.toReversed()) {
      daemon.kill("SIGTERM");
      for (let i = 0; i < 100 && daemon.exitCode === null && daemon.signalCode === null; i++) await wait(100);
      if (daemon.exitCode === null && daemon.signalCode === null) daemon.kill("SIGKILL");
    }
  };
  try {
    start("munged", [
      "--foreground",
      "--force",
      `--key-file=${munge("key")}`,
      `--socket=${munge("socket")}`,
      `--pid-file=${munge("pid")}`,
      `--log-file=${munge("log")}`,
      `--seed-file=${munge("seed")}`,
    ]);
    await wait(500);
    start("slurmctld", ["-D", "-i", "-f", configuration]);
    await wait(500);
    start("slurmd", ["-D", "-f", configuration, "-N", hostname()]);
    for (let i = 0; i < 300; i++) {
      if (isIdle(configuration)) return { configuration, stop };
      await wait(100);
    }
    throw new Error("the node did not come up");
  } catch (cause) {
    await stop();
    const logs = ["munged.out", "slurmctld.out", "slurmd.out"].map(
      (name) => `--- ${name}\n${readFileSync(join(place, name), "utf8").slice(-3_000)}`,
    );
    throw new Error(`Slurm does not start:\n${logs.join("\n")}`, { cause });
  }
}

function isIdle(configuration: string): boolean {
  try {
    const environment = { ...process.env, SLURM_CONF: configuration };
    const states = execFileSync("sinfo", ["--noheader", "--format=%T"], {
      encoding: "utf8",
      env: environment,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5_000,
    });
    return states.trim() === "idle";
  } catch {
    return false;
  }
}

/** slurmd wants one although nothing uses it: from 23.11 on there is none, before that v1 does nothing by itself. */
function unusedCgroupPlugin(): string {
  const environment = { ...process.env, PATH: searchPath };
  const version = execFileSync("slurmd", ["-V"], { encoding: "utf8", env: environment });
  const [, year = 0, month = 0] = /(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  return year * 100 + month >= 2311 ? "disabled" : "cgroup/v1";
}

/** https://slurm.schedmd.com/slurm.conf.html */
function configurationText(place: string, controllerPort: number, nodePort: number): string {
  const user = userInfo().username;
  const host = hostname();
  return `ClusterName=clipbook
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
AuthInfo=socket=${join(place, "munge/socket")}
CredType=cred/munge
StateSaveLocation=${join(place, "state")}
SlurmdSpoolDir=${join(place, "spool")}
SlurmctldPidFile=${join(place, "slurmctld.pid")}
SlurmdPidFile=${join(place, "slurmd.pid")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
JobRequeue=1
KillWait=5
SchedulerParameters=sched_interval=1,sched_min_interval=100000,batch_sched_delay=0
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000 State=UNKNOWN
PartitionName=all Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
