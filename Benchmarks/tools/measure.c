/// measure command [arguments]: runs a command and tells what it took, a line each.
///
/// What the command prints goes on to standard output, except for two kinds of lines:
///   first_at S     the command has made its first step at S seconds of CLOCK_MONOTONIC: becomes `first_s`, seconds from its start
///   resident NAME  becomes `NAME_mb`, the memory that the command has in use at this moment
/// At the end come `peak_mb`, the most memory it had, and `wall_s`, its time from start to end.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double resident_megabytes(pid_t process) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/statm", (int)process);
  FILE *file = fopen(path, "r");
  if (file == NULL) return 0;
  long all = 0, resident = 0;
  const int found = fscanf(file, "%ld %ld", &all, &resident);
  fclose(file);
  return found == 2 ? (double)resident * (double)sysconf(_SC_PAGESIZE) / 1e6 : 0;
}

int main(int count, char **arguments) {
  int ends[2];
  if (count < 2 || pipe(ends) != 0) {
    fprintf(stderr, "usage: measure command [arguments]\n");
    return 2;
  }
  const double start = now();
  const pid_t process = fork();
  if (process < 0) {
    perror("measure");
    return 1;
  }
  if (process == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execvp(arguments[1], arguments + 1);
    perror(arguments[1]);
    _exit(127);
  }
  close(ends[1]);
  FILE *output = fdopen(ends[0], "r");
  char line[4096];
  while (output != NULL && fgets(line, sizeof line, output) != NULL) {
    char name[64];
    double seconds;
    if (sscanf(line, "first_at %lf", &seconds) == 1) {
      printf("first_s %.4f\n", seconds - start);
    } else if (sscanf(line, "resident %63s", name) == 1) {
      printf("%s_mb %.2f\n", name, resident_megabytes(process));
    } else {
      fputs(line, stdout);
    }
  }
  int status = 0;
  struct rusage usage;
  if (wait4(process, &status, 0, &usage) < 0) return 1;
  printf("wall_s %.4f\npeak_mb %.1f\n", now() - start, (double)usage.ru_maxrss * 1024 / 1e6);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
