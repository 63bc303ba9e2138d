/*
 * Modbus RTU units 1 to 247 behind one pseudo-terminal, at the pace of a real wire.
 *
 *   wire-unit LINK BAUD BITS_PER_CHAR [--enforce] [--turnaround MS] [--chunk BYTES] [--dead U,U,...]
 *
 * LINK is made as a symbolic link to the terminal's slave end. Each unit has registers 0 to 1023, at first each holding its
 * own number; functions 1 to 6. Every request takes its time on the wire; the reply's first bit leaves after the turnaround,
 * at least 3.5 characters of 11 bits (1.75 ms above 19200 baud) after the request's last bit, and each chunk arrives when
 * its last bit would. A request that begins less than that silence after the last bit on the wire is counted, and with
 * --enforce not answered, as a unit that splits frames by silence would do.
 *
 * On standard input:  set UNIT REGISTER VALUE   -> set UNIT REGISTER VALUE MONOTONIC_MS
 *                     dead UNIT 0|1             -> dead UNIT 0|1 MONOTONIC_MS
 *                     stats                     -> one line of JSON; the counters begin again
 * SIGTERM prints the JSON line and ends. MONOTONIC_MS is CLOCK_MONOTONIC.
 *
 * Build: gcc -O2 -pthread wire-unit.c -o wire-unit
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { UNITS = 248, REGISTERS = 1024, REQUEST_BYTES = 8, FRAME_MAX = 300 };

static _Atomic uint16_t registers[UNITS][REGISTERS];
static _Atomic char is_dead[UNITS];

static struct {
  _Atomic long requests, replies, unanswered, bad_frames, violations, dropped;
  _Atomic int64_t gap_sum_ns, gap_min_ns, gaps;
} counts;

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void sleep_until(int64_t at_ns) {
  struct timespec t = {at_ns / 1000000000LL, at_ns % 1000000000LL};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) {
  }
}

static uint16_t checksum(const uint8_t *bytes, int length) {
  uint16_t sum = 0xffff;
  for (int i = 0; i < length; i++) {
    sum ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >> 1) ^ 0xa001 : sum >> 1;
  }
  return sum;
}

static void print_stats(int begins_again) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double cpu_ms = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
                  (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
  long gaps = counts.gaps;
  char line[400];
  int n = snprintf(line, sizeof line,
                   "{\"requests\":%ld,\"replies\":%ld,\"unanswered\":%ld,\"badFrames\":%ld,\"violations\":%ld,"
                   "\"dropped\":%ld,\"gapMeanMs\":%.3f,\"gapMinMs\":%.3f,\"cpuMs\":%.1f}\n",
                   counts.requests, counts.replies, counts.unanswered, counts.bad_frames, counts.violations,
                   counts.dropped, gaps ? counts.gap_sum_ns / 1e6 / gaps : 0, gaps ? counts.gap_min_ns / 1e6 : 0, cpu_ms);
  if (write(STDOUT_FILENO, line, n) != n) _exit(1);
  if (!begins_again) return;
  counts.requests = counts.replies = counts.unanswered = counts.bad_frames = counts.violations = counts.dropped = 0;
  counts.gap_sum_ns = counts.gaps = 0;
  counts.gap_min_ns = INT64_MAX;
}

static void on_term(int signal) {
  (void)signal;
  print_stats(0);
  _exit(0);
}

static void *read_orders(void *unused) {
  (void)unused;
  char line[100];
  while (fgets(line, sizeof line, stdin) != NULL) {
    int unit, address, value;
    if (sscanf(line, "set %d %d %d", &unit, &address, &value) == 3 && unit > 0 && unit < UNITS && address >= 0 &&
        address < REGISTERS) {
      registers[unit][address] = (uint16_t)value;
      double at_ms = now_ns() / 1e6;
      printf("set %d %d %d %.3f\n", unit, address, value, at_ms);
    } else if (sscanf(line, "dead %d %d", &unit, &value) == 2 && unit > 0 && unit < UNITS) {
      is_dead[unit] = value != 0;
      printf("dead %d %d %.3f\n", unit, value != 0, now_ns() / 1e6);
    } else if (strncmp(line, "stats", 5) == 0) {
      fflush(stdout);
      print_stats(1);
    } else {
      printf("not understood\n");
    }
    fflush(stdout);
  }
  return NULL;
}

/* The reply to a whole, sound request, without its checksum; 0: none. */
static int reply_to(const uint8_t *request, uint8_t *reply) {
  int unit = request[0], function = request[1];
  int address = request[2] << 8 | request[3], last = request[4] << 8 | request[5];
  if (unit == 0 || unit >= UNITS || is_dead[unit]) return 0;
  reply[0] = (uint8_t)unit;
  reply[1] = (uint8_t)function;
  int count = function >= 5 ? 1 : last;
  int is_bits = function == 1 || function == 2, max = is_bits ? 2000 : 125;
  int refusal = function < 1 || function > 6 ? 1 : address + count > REGISTERS ? 2 : count < 1 || count > max ? 3 : 0;
  if (refusal != 0) {
    reply[1] |= 0x80;
    reply[2] = (uint8_t)refusal;
    return 3;
  }
  if (function >= 5) {
    registers[unit][address] = function == 5 ? last != 0 : (uint16_t)last;
    memcpy(reply, request, 6);
    return 6;
  }
  if (is_bits) {
    int bytes = (count + 7) / 8;
    reply[2] = (uint8_t)bytes;
    memset(reply + 3, 0, bytes);
    for (int i = 0; i < count; i++)
      if (registers[unit][address + i] != 0) reply[3 + i / 8] |= (uint8_t)(1 << i % 8);
    return 3 + bytes;
  }
  reply[2] = (uint8_t)(2 * count);
  for (int i = 0; i < count; i++) {
    uint16_t value = registers[unit][address + i];
    reply[3 + 2 * i] = (uint8_t)(value >> 8);
    reply[4 + 2 * i] = (uint8_t)value;
  }
  return 3 + 2 * count;
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: wire-unit LINK BAUD BITS_PER_CHAR [--enforce] [--turnaround MS] [--chunk BYTES] [--dead U,U]\n");
    return 2;
  }
  const char *link_path = argv[1];
  double baud = atof(argv[2]), bits = atof(argv[3]), turnaround_ms = 0;
  int chunk = 32, enforces = 0;
  for (int i = 4; i < argc; i++) {
    if (strcmp(argv[i], "--enforce") == 0) enforces = 1;
    else if (i + 1 == argc) return 2;
    else if (strcmp(argv[i], "--turnaround") == 0) turnaround_ms = atof(argv[++i]);
    else if (strcmp(argv[i], "--chunk") == 0) chunk = atoi(argv[++i]);
    else if (strcmp(argv[i], "--dead") == 0)
      for (char *unit = strtok(argv[++i], ","); unit != NULL; unit = strtok(NULL, ",")) is_dead[atoi(unit) % UNITS] = 1;
    else return 2;
  }
  if (baud <= 0 || bits <= 0 || chunk < 1) return 2;
  int64_t char_ns = (int64_t)(bits / baud * 1e9);
  int64_t silence_ns = baud > 19200 ? 1750000 : (int64_t)(3.5 * 11 / baud * 1e9);
  int64_t turnaround_ns = (int64_t)(turnaround_ms * 1e6);
  if (turnaround_ns < silence_ns) turnaround_ns = silence_ns;

  counts.gap_min_ns = INT64_MAX;
  for (int unit = 0; unit < UNITS; unit++)
    for (int i = 0; i < REGISTERS; i++) registers[unit][i] = (uint16_t)i;
  /* Timer slack of 50 us would be charged to the master. */
  prctl(PR_SET_TIMERSLACK, 1);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) return 1;
  unlink(link_path);
  if (symlink(ptsname(master), link_path) != 0) return 1;
  /* Held open, so that the terminal survives a master that closes and opens again. */
  int held = open(ptsname(master), O_RDWR | O_NOCTTY);
  struct termios raw;
  if (held < 0 || tcgetattr(held, &raw) != 0) return 1;
  cfmakeraw(&raw);
  tcsetattr(held, TCSANOW, &raw);
  signal(SIGTERM, on_term);
  signal(SIGINT, on_term);
  signal(SIGPIPE, SIG_IGN);
  pthread_t orders;
  pthread_create(&orders, NULL, read_orders, NULL);
  printf("ready %s\n", ptsname(master));
  fflush(stdout);

  uint8_t in[FRAME_MAX], out[FRAME_MAX];
  int have = 0, is_late = 0;
  int64_t begin_ns = 0, last_ns = 0, wire_end_ns = 0;
  for (;;) {
    ssize_t got = read(master, in + have, sizeof in - have);
    if (got <= 0) {
      if (errno == EIO || errno == EINTR) {
        usleep(1000);
        continue;
      }
      return 1;
    }
    int64_t at_ns = now_ns();
    if (have > 0 && at_ns - last_ns > silence_ns + have * char_ns) {
      counts.bad_frames++;
      memmove(in, in + have, got);
      have = 0;
    }
    if (have == 0) {
      begin_ns = at_ns;
      is_late = 0;
      if (wire_end_ns != 0) {
        int64_t gap_ns = at_ns - wire_end_ns;
        counts.gap_sum_ns += gap_ns;
        counts.gaps++;
        if (gap_ns < counts.gap_min_ns) counts.gap_min_ns = gap_ns;
        if (gap_ns < silence_ns) {
          counts.violations++;
          is_late = 1;
        }
      }
    }
    have += got;
    last_ns = at_ns;
    if (have < REQUEST_BYTES) continue;
    int64_t end_ns = begin_ns + have * char_ns;
    wire_end_ns = end_ns;
    int is_sound = have == REQUEST_BYTES && checksum(in, 6) == (uint16_t)(in[6] | in[7] << 8);
    have = 0;
    counts.requests++;
    if (!is_sound) {
      counts.bad_frames++;
      continue;
    }
    if (is_late && enforces) {
      counts.dropped++;
      continue;
    }
    /* A unit looks at its registers when it has the whole request. */
    sleep_until(end_ns);
    int length = reply_to(in, out);
    if (length == 0) {
      counts.unanswered++;
      continue;
    }
    uint16_t sum = checksum(out, length);
    out[length++] = (uint8_t)sum;
    out[length++] = (uint8_t)(sum >> 8);
    int64_t start_ns = end_ns + turnaround_ns;
    for (int done = 0; done < length;) {
      int part = length - done < chunk ? length - done : chunk;
      sleep_until(start_ns + (done + part) * char_ns);
      if (write(master, out + done, part) != part) break;
      done += part;
    }
    wire_end_ns = start_ns + length * char_ns;
    counts.replies++;
  }
}
