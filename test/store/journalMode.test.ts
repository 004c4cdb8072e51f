import { describe, expect, it } from "vitest";
import { fileSystemType, isNetworkPath } from "../../src/store/fileSystemType.ts";
import { journalModeFor, maybeSharedDisk } from "../../src/store/journalMode.ts";

describe("the journal of a study", () => {
  // Linux 6.12, include/uapi/linux/magic.h, fs/smb/client/cifsfs.h, fs/xfs, fs/zfs; coreutils 9.5, src/fs.h.
  it.each([
    ["NFS", 0x6969, "NFS"],
    ["SMB 1", 0x517b, "SMB"],
    ["CIFS", 0xff534d42, "SMB"],
    ["CIFS where numbers have 32 bits and a sign", 0xff534d42 | 0, "SMB"],
    ["SMB 2 and 3", 0xfe534d42, "SMB"],
    ["9p, as Windows' disks in WSL 2", 0x01021997, "9p"],
    ["sshfs and all else behind FUSE, VirtioFS among them", 0x65735546, "FUSE"],
    ["CephFS", 0x00c36400, "Ceph"],
    ["OpenAFS", 0x5346414f, "AFS"],
    ["the kernel's AFS", 0x6b414653, "AFS"],
    ["Coda", 0x73757245, "Coda"],
    ["Lustre", 0x0bd00bd0, "Lustre"],
    ["GPFS", 0x47504653, "GPFS"],
    ["BeeGFS", 0x19830326, "BeeGFS"],
    ["PanFS", 0xaad7aaea, "PanFS"],
    ["GFS2", 0x01161970, "GFS2"],
    ["OCFS2", 0x7461636f, "OCFS2"],
    ["shared folders of VirtualBox", 0x786f4256, "VirtualBox"],
    ["shared folders of VMware", 0xbacbacbc, "VMware"],
  ])("shares no memory on %s", (_, fsType, name) => {
    expect([journalModeFor(fsType), maybeSharedDisk(fsType)]).toEqual(["truncate", name]);
  });

  it.each([
    ["ext2 to ext4", 0xef53],
    ["XFS", 0x58465342],
    ["Btrfs", 0x9123683e],
    ["ZFS", 0x2fc12fc1],
    ["tmpfs", 0x01021994],
    ["overlayfs", 0x794c7630],
    ["FAT", 0x4d44],
    ["exFAT", 0x2011bab0],
    ["NTFS of the kernel", 0x7366746e],
    ["eCryptfs", 0xf15f],
    ["a kind that is not known", 0],
  ])("is a write-ahead log on %s", (_, fsType) => {
    expect([journalModeFor(fsType), maybeSharedDisk(fsType)]).toEqual(["wal", undefined]);
  });

  it.each([
    [String.raw`\\server\share\study`, true],
    [String.raw`\\?\UNC\server\share\study`, true],
    [String.raw`\\wsl.localhost\Debian\home`, true],
    [String.raw`\\?\C:\study`, false],
    [String.raw`\\.\C:\study`, false],
    [String.raw`C:\study`, false],
    ["/home/anna", false],
  ])("of Windows' path %s knows whether it leads to another machine: %s", (path, isNetwork) => {
    expect(isNetworkPath(path)).toBe(isNetwork);
  });

  it("sees through the letter of a network drive on Windows, also before there is a study", () => {
    const there = new Map([["Z:/study", "\\\\server\\share\\study"]]);
    const realPath = (path: string) => {
      const real = there.get(path);
      if (real === undefined) throw new Error("ENOENT");
      return real;
    };
    const type = () => fileSystemType("Z:/study/clipbook.db", "win32", realPath);
    expect(maybeSharedDisk(type())).toBe("SMB");
    there.set("Z:/study", "C:\\study");
    expect(maybeSharedDisk(type())).toBeUndefined();
    there.clear();
    expect(maybeSharedDisk(type())).toBeUndefined();
  });
});
