/* A slow disk, for one program: below the folder SLOW_DISK each sync, look and opening takes SLOW_DISK_SECONDS longer.

   cc -shared -fPIC -o slow_disk.so slow_disk.c -ldl; loaded by LD_PRELOAD. Linux, glibc. */

#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void wait_for(const char *path) {
    const char *folder = getenv("SLOW_DISK"), *seconds = getenv("SLOW_DISK_SECONDS");
    if (folder == NULL || seconds == NULL || path == NULL || strncmp(path, folder, strlen(folder)) != 0) return;
    double wanted = strtod(seconds, NULL);
    struct timespec pause = {(time_t)wanted, (long)((wanted - (double)(time_t)wanted) * 1e9)};
    nanosleep(&pause, NULL);
}

int fsync(int descriptor) {
    char link[64], path[PATH_MAX + 1];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX);
    path[length < 0 ? 0 : length] = '\0';
    wait_for(path);
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(descriptor);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    wait_for(path);
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64"))(path, flags, mode);
}

int lstat64(const char *path, struct stat64 *status) {
    wait_for(path);
    return ((int (*)(const char *, struct stat64 *))dlsym(RTLD_NEXT, "lstat64"))(path, status);
}
