// Preloaded into a process under test (LD_PRELOAD): a disk that fails at a given call, a disk of another kind, another clock. What it
// does is told by variables of the environment; without them every call goes through.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static atomic_long calls;

/** Whether a path lies in FAULT_BELOW. */
static int is_below(const char *path) {
  const char *below = getenv("FAULT_BELOW");
  return below && path && strncmp(path, below, strlen(below)) == 0;
}

/** Counts a call of a kind, w(rite), s(ync) or n(ame), and says whether it is to fail. */
static int fails_named(char kind, const char *path) {
  const char *kinds = getenv("FAULT_KINDS");
  if (!kinds || !strchr(kinds, kind) || !is_below(path)) return 0;
  long call = atomic_fetch_add(&calls, 1) + 1;
  const char *log = getenv("FAULT_LOG");
  if (log) {
    FILE *file = fopen(log, "a");
    fprintf(file, "%c %s\n", kind, path);
    fclose(file);
  }
  long at = atol(getenv("FAULT_AT") ?: "0");
  int is_hit = at > 0 && (getenv("FAULT_ONCE") ? call == at : call >= at);
  if (is_hit) errno = atoi(getenv("FAULT_ERRNO") ?: "5");
  return is_hit;
}

static int fails(char kind, int fd) {
  if (!getenv("FAULT_KINDS")) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails_named(kind, path);
}

static const char *absolute(const char *path, char *buffer) {
  if (path[0] == '/') return path;
  char folder[PATH_MAX / 2];
  if (!getcwd(folder, sizeof folder)) return path;
  snprintf(buffer, PATH_MAX, "%s/%s", folder, path);
  return buffer;
}

ssize_t write(int fd, const void *bytes, size_t n) { return fails('w', fd) ? -1 : NEXT(write)(fd, bytes, n); }
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) { return fails('w', fd) ? -1 : NEXT(pwrite)(fd, bytes, n, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) { return fails('w', fd) ? -1 : NEXT(pwrite64)(fd, bytes, n, at); }
ssize_t writev(int fd, const struct iovec *parts, int n) { return fails('w', fd) ? -1 : NEXT(writev)(fd, parts, n); }
ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t at) { return fails('w', fd) ? -1 : NEXT(pwritev)(fd, parts, n, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int n, off64_t at) { return fails('w', fd) ? -1 : NEXT(pwritev64)(fd, parts, n, at); }
int fsync(int fd) { return fails('s', fd) ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails('s', fd) ? -1 : NEXT(fdatasync)(fd); }

int rename(const char *from, const char *to) {
  char buffer[PATH_MAX];
  return fails_named('n', absolute(to, buffer)) ? -1 : NEXT(rename)(from, to);
}
int link(const char *from, const char *to) {
  char buffer[PATH_MAX];
  return fails_named('n', absolute(to, buffer)) ? -1 : NEXT(link)(from, to);
}

static int typed(int status, long *type) {
  const char *wanted = getenv("DISK_TYPE");
  if (status == 0 && wanted) *type = strtol(wanted, NULL, 0);
  return status;
}
int statfs(const char *path, struct statfs *found) { return typed(NEXT(statfs)(path, found), (long *)&found->f_type); }
int statfs64(const char *path, struct statfs64 *found) { return typed(NEXT(statfs64)(path, found), (long *)&found->f_type); }

/** DISK_MAPS_NOTHING: as some disks behind FUSE, which refuse memory that is shared for writing. */
static int maps_nothing(int flags, int fd) {
  if (fd < 0 || !(flags & MAP_SHARED) || !getenv("DISK_MAPS_NOTHING")) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 4) return 0;
  path[length] = 0;
  errno = ENODEV;
  return strcmp(path + length - 4, "-shm") == 0;
}
void *mmap(void *at, size_t n, int access, int flags, int fd, off_t from) {
  return maps_nothing(flags, fd) ? MAP_FAILED : NEXT(mmap)(at, n, access, flags, fd, from);
}
void *mmap64(void *at, size_t n, int access, int flags, int fd, off64_t from) {
  return maps_nothing(flags, fd) ? MAP_FAILED : NEXT(mmap64)(at, n, access, flags, fd, from);
}

static long ahead(void) { return atol(getenv("CLOCK_AHEAD_S") ?: "0"); }
int clock_gettime(clockid_t clock, struct timespec *now) {
  int status = NEXT(clock_gettime)(clock, now);
  if (status == 0 && clock == CLOCK_REALTIME) now->tv_sec += ahead();
  return status;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int status = NEXT(gettimeofday)(now, zone);
  if (status == 0) now->tv_sec += ahead();
  return status;
}
