/* A card whose every fsync takes a while: LD_PRELOAD this before a program, with SLOW_SYNC_MS in its environment. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int synced(long call, int fd) {
  const char *text = getenv("SLOW_SYNC_MS");
  long ms = text == NULL ? 0 : strtol(text, NULL, 10);
  struct timespec rest = {ms / 1000, (ms % 1000) * 1000000L};
  int result = (int)syscall(call, fd);
  nanosleep(&rest, NULL);
  return result;
}

int fsync(int fd) { return synced(SYS_fsync, fd); }
int fdatasync(int fd) { return synced(SYS_fdatasync, fd); }
