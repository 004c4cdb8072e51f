/**
 * How SQLite keeps what is under way: `wal` in a log with an index in memory that all processes of one machine share, `truncate` in a
 * journal that processes of any machine can read back, at the price of waiting for each other.
 */
export type JournalMode = "wal" | "truncate";

/**
 * Disks that other machines can write to at the same time, by the number that statfs(2) gives on Linux: include/uapi/linux/magic.h,
 * and for those outside the kernel the list of coreutils' stat(1). FUSE may be anything, from sshfs to a local NTFS disk.
 */
const sharedDisks: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "SMB"],
  [0xfe534d42, "SMB"],
  [0x01021997, "9p"],
  [0x65735546, "FUSE"],
  [0x00c36400, "Ceph"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x73757245, "Coda"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x19830326, "BeeGFS"],
  [0xaad7aaea, "PanFS"],
  [0x01161970, "GFS2"],
  [0x7461636f, "OCFS2"],
  [0x786f4256, "VirtualBox"],
  [0xbacbacbc, "VMware"],
]);

/** The name of a kind of disk that other machines can write to at the same time; undefined for a disk of this machine alone. */
export function maybeSharedDisk(fsType: number): string | undefined {
  // 32-bit systems give it with a sign.
  return sharedDisks.get(fsType >>> 0);
}

/**
 * The journal for a kind of disk: processes on two machines share no memory, so that a write-ahead log there ends as a damaged database
 * (sqlite.org/wal.html, "All processes using a database must be on the same host computer").
 */
export function journalModeFor(fsType: number): JournalMode {
  return maybeSharedDisk(fsType) === undefined ? "wal" : "truncate";
}
