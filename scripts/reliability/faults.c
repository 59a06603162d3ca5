/*
 * Preloaded into the application, counts the calls that change files below a directory, those of Java
 * and of TensorFlow alike and over all threads. The file FAULT_CONTROL says what to do, in a line
 *
 *   NUMBER ERROR DIRECTORY
 *
 * The call of that number, from 1, fails with the error, or the process is killed before it when the
 * error is 0. Numbers begin anew with another directory. FAULT_LOG lists the calls.
 *
 * Linux only: cc -shared -fPIC -O1 -o faults.so faults.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char directory[PATH_MAX];
static long made;

/* Writes a line of the log past everything that is counted here. */
static void log_call(const char *name, const char *path) {
  const char *log = getenv("FAULT_LOG");
  char line[PATH_MAX + 32];
  if (log == NULL) return;
  int length = snprintf(line, sizeof line, "%s %s\n", name, path);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (fd >= 0) {
    syscall(SYS_write, fd, line, (size_t)length);
    syscall(SYS_close, fd);
  }
}

/* Reads what to do now; returns whether there is something. */
static int read_control(long *number, int *error, char *where) {
  const char *control = getenv("FAULT_CONTROL");
  char text[PATH_MAX + 64];
  if (control == NULL) return 0;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY);
  if (fd < 0) return 0;
  long length = syscall(SYS_read, fd, text, sizeof text - 1);
  syscall(SYS_close, fd);
  if (length <= 0) return 0;
  text[length] = 0;
  return sscanf(text, "%ld %d %4095[^\n]", number, error, where) == 3;
}

/* Counts a call and returns the error it fails with, or 0. */
static int error_of(const char *name, const char *path) {
  long number;
  int error;
  char where[PATH_MAX];
  if (!read_control(&number, &error, where)) return 0;
  if (strncmp(path, where, strlen(where)) != 0) return 0;
  if (strcmp(where, directory) != 0) {
    strcpy(directory, where);
    made = 0;
  }
  made++;
  log_call(name, path);
  if (made != number) return 0;
  if (error == 0) kill(getpid(), SIGKILL);
  return error;
}

/* Whether this call is the one that fails. */
static int fails(const char *name, const char *path) {
  pthread_mutex_lock(&lock);
  int error = error_of(name, path);
  pthread_mutex_unlock(&lock);
  if (error != 0) errno = error;
  return error != 0;
}

static int fails_on(const char *name, int fd) {
  char link[32], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(name, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define BY_PATH(name, declared, path, ...) \
  int name declared { return fails(#name, path) ? -1 : REAL(name)(__VA_ARGS__); }
#define BY_FD(type, name, declared, ...) \
  type name declared { return fails_on(#name, fd) ? -1 : REAL(name)(__VA_ARGS__); }

BY_PATH(mkdir, (const char *path, mode_t mode), path, path, mode)
BY_PATH(rename, (const char *from, const char *to), to, from, to)
BY_PATH(unlink, (const char *path), path, path)
BY_PATH(rmdir, (const char *path), path, path)
BY_FD(ssize_t, write, (int fd, const void *bytes, size_t count), fd, bytes, count)
BY_FD(ssize_t, pwrite64, (int fd, const void *bytes, size_t count, off64_t at), fd, bytes, count, at)
BY_FD(int, fsync, (int fd), fd)
BY_FD(int, fdatasync, (int fd), fd)
BY_FD(int, ftruncate64, (int fd, off64_t length), fd, length)

/* TensorFlow writes by way of stdio, whose own calls of write() cannot be had. */
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  return fails_on("fwrite", fileno(file)) ? 0 : REAL(fwrite)(bytes, size, count, file);
}

/* Also opening for writing may fail: no space for the name. */
static int opening(const char *path, int flags) { return (flags & O_CREAT) && fails("open", path); }

int open64(const char *path, int flags, ...) {
  __builtin_va_list rest;
  __builtin_va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? (mode_t)__builtin_va_arg(rest, int) : 0;
  __builtin_va_end(rest);
  return opening(path, flags) ? -1 : REAL(open64)(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode) {
  return mode[0] != 'r' && fails("fopen", path) ? NULL : REAL(fopen)(path, mode);
}

FILE *fopen64(const char *path, const char *mode) {
  return mode[0] != 'r' && fails("fopen", path) ? NULL : REAL(fopen64)(path, mode);
}
