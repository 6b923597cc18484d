/* The one file: this program, then the frozen program as tar.xz, then 48 bytes that say where.
 *
 *     this program | tar.xz | where it begins, how long it is (little-endian uint64 each) | 24 characters | "ADRASTEA"
 *
 * The 24 characters name the contents: hexadecimal digits of their SHA-256. At the first start the contents are unpacked
 * into a folder of that name below the user's cache, whole or not at all: into a folder of another name, which gets its
 * own when everything is on the disk. At every start that folder is looked at, and the program in it takes the place of
 * this one (execv), so that there is one process and no memory of ours.
 *
 * Several may start at once, and versions may run beside each other: whoever runs from a folder holds a shared lock on
 * it, and nobody removes a folder that is locked. A place that is full, read-only or forbids programs gives way to the
 * next. Linux only: elsewhere the freezers' own ways are used (docs/binary.md).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <lzma.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef PROGRAM
#define PROGRAM "adrastea" /* the executable in the folder */
#endif

enum { BLOCK = 512, NAME = 24, PATH = 4096, TRAILER = 48, PLACES = 4, KEPT = 14 * 24 * 3600 /* seconds */ };
static const char MAGIC[] = "ADRASTEA";
static const char HIDDEN[] = "ADRASTEA_HIDDEN_"; /* before names of the environment */
static const char FILES[] = "/files"; /* the list of what was unpacked: size, blank, path on each line */

struct payload {
    int file;
    uint64_t begin, length;
    char name[NAME + 1];
};

static char reason[3 * PATH]; /* why the first place could not be used */

static bool fail(const char *what, const char *path) {
    if (!reason[0]) snprintf(reason, sizeof reason, "%s %s: %s", what, path, strerror(errno));
    return false;
}

static int sorry(const char *sentence) {
    fprintf(stderr, "adrastea: %s\n", sentence);
    return 1;
}

/* Where the contents are in this very file. */
static bool find_payload(struct payload *found) {
    unsigned char end[TRAILER];
    found->file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (found->file < 0) return false;
    off_t size = lseek(found->file, 0, SEEK_END);
    if (size < TRAILER || pread(found->file, end, TRAILER, size - TRAILER) != TRAILER) return false;
    if (memcmp(end + TRAILER - 8, MAGIC, 8) != 0) return false;
    for (int at = 7; at >= 0; at--) {
        found->begin = found->begin << 8 | end[at];
        found->length = found->length << 8 | end[8 + at];
    }
    memcpy(found->name, end + 16, NAME);
    return found->begin + found->length + TRAILER == (uint64_t)size;
}

/* The folder that may hold ours, number 0 and on; false when there is none of this number. */
static bool place(int number, char *path) {
    const char *home = getenv("HOME"), *cache = getenv("XDG_CACHE_HOME"), *runtime = getenv("XDG_RUNTIME_DIR");
    switch (number) {
    case 0:
        if (cache && cache[0] == '/') return snprintf(path, PATH, "%s/adrastea", cache) < PATH - 64;
        return home && home[0] == '/' && snprintf(path, PATH, "%s/.cache/adrastea", home) < PATH - 64;
    case 1:
        return snprintf(path, PATH, "/var/tmp/adrastea-%u", getuid()) > 0;
    case 2:
        return snprintf(path, PATH, "/tmp/adrastea-%u", getuid()) > 0;
    case 3:
        return runtime && runtime[0] == '/' && snprintf(path, PATH, "%s/adrastea-program", runtime) < PATH - 64;
    }
    return false;
}

static bool make_folders(char *path) {
    for (char *at = path + 1; *at; at++) {
        if (*at != '/') continue;
        *at = 0;
        int made = mkdir(path, 0700);
        *at = '/';
        if (made != 0 && errno != EEXIST && errno != EROFS && errno != EACCES) return fail("cannot make the folder", path);
    }
    if (mkdir(path, 0700) != 0 && errno != EEXIST) return fail("cannot make the folder", path);
    struct stat about;
    if (lstat(path, &about) != 0) return fail("cannot look at", path);
    if (!S_ISDIR(about.st_mode) || about.st_uid != getuid() || (about.st_mode & 022)) { /* of whom, and who may write */
        errno = EPERM;
        return fail("somebody else may write into", path);
    }
    return true;
}

/* Whether everything that was unpacked is there, by its size: cleaners of caches take single files. */
static bool complete(const char *folder) {
    char path[2 * PATH], line[2 * PATH];
    snprintf(path, sizeof path, "%s%s", folder, FILES);
    FILE *list = fopen(path, "re");
    if (!list) return false;
    bool whole = false, all = true;
    while (all && fgets(line, sizeof line, list)) {
        char *rest;
        long long size = strtoll(line, &rest, 10);
        if (*rest != ' ') {
            whole = line[0] == '.';
            break;
        }
        rest[strcspn(rest, "\n")] = 0;
        struct stat about;
        if (snprintf(path, sizeof path, "%s/%s", folder, rest + 1) >= (int)sizeof path) break;
        all = stat(path, &about) == 0 && about.st_size == size;
    }
    fclose(list);
    return whole && all;
}

/* A lock that this program and the one that takes its place hold, until that ends. */
static int lock(const char *folder, int kind) {
    int held = open(folder, O_RDONLY | O_DIRECTORY | (kind & LOCK_EX ? O_CLOEXEC : 0));
    if (held < 0) return -1;
    if (flock(held, kind | LOCK_NB) == 0) return held;
    close(held);
    return -1;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where) {
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void remove_folder(const char *path) { nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS); }

/* Folders of other versions that nobody has started for two weeks, and what an unpacking that was cut short has left,
 * unless somebody uses them. */
static void clean(const char *place, const char *own) {
    DIR *folder = opendir(place);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[2 * PATH];
        if (strlen(entry->d_name) < NAME || strspn(entry->d_name, "0123456789abcdef") < NAME) continue;
        if (strcmp(entry->d_name, own) == 0) continue;
        snprintf(path, sizeof path, "%s/%s", place, entry->d_name);
        struct stat about;
        if (stat(path, &about) != 0 || (!entry->d_name[NAME] && time(NULL) - about.st_mtime < KEPT)) continue;
        int held = lock(path, LOCK_EX);
        if (held < 0) continue;
        remove_folder(path);
        close(held);
    }
    closedir(folder);
}

/* The contents, as they come out of xz. */
struct stream {
    const struct payload *from;
    uint64_t read;
    lzma_stream xz;
    uint8_t in[65536];
};

/* One step of unpacking into what xz.next_out says. */
static lzma_ret step(struct stream *stream) {
    if (stream->xz.avail_in == 0) {
        uint64_t left = stream->from->length - stream->read;
        size_t wanted = left < sizeof stream->in ? left : sizeof stream->in;
        ssize_t got = pread(stream->from->file, stream->in, wanted, stream->from->begin + stream->read);
        if (got <= 0) return errno = EIO, LZMA_DATA_ERROR;
        stream->xz.next_in = stream->in;
        stream->xz.avail_in = got;
        stream->read += got;
    }
    lzma_ret state = lzma_code(&stream->xz, LZMA_RUN);
    if (state != LZMA_OK && state != LZMA_STREAM_END) errno = EIO; /* its own check has failed: the file is damaged */
    return state;
}

static bool pull(struct stream *stream, void *into, size_t length) {
    stream->xz.next_out = into;
    stream->xz.avail_out = length;
    while (stream->xz.avail_out > 0)
        if (step(stream) != LZMA_OK && stream->xz.avail_out > 0) return errno = EIO, false;
    return true;
}

/* To the end, where the check of everything stands. */
static bool ends_well(struct stream *stream) {
    uint8_t rest[BLOCK];
    lzma_ret state;
    do {
        stream->xz.next_out = rest;
        stream->xz.avail_out = sizeof rest;
        state = step(stream);
    } while (state == LZMA_OK);
    return state == LZMA_STREAM_END;
}

/* One file of the archive, whose head has been read. */
static bool unpack_file(struct stream *stream, const char *folder, const unsigned char *head, FILE *list) {
    char path[2 * PATH], name[101] = {0};
    uint8_t block[65536];
    memcpy(name, head, 100);
    unsigned long long left = strtoull((const char *)head + 124, NULL, 8);
    mode_t mode = strtoul((const char *)head + 100, NULL, 8) & 0111 ? 0700 : 0600;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    for (char *at = path + strlen(folder) + 1; *at; at++) {
        if (*at != '/') continue;
        *at = 0;
        if (mkdir(path, 0700) != 0 && errno != EEXIST) return fail("cannot make the folder", path);
        *at = '/';
    }
    fprintf(list, "%llu %s\n", left, name);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file < 0) return fail("cannot write", path);
    size_t padding = (BLOCK - left % BLOCK) % BLOCK;
    while (left > 0) {
        size_t part = left < sizeof block ? left : sizeof block;
        if (!pull(stream, block, part)) return close(file), fail("cannot read", "/proc/self/exe");
        for (size_t done = 0; done < part;) {
            ssize_t now = write(file, block + done, part - done);
            if (now <= 0) return close(file), fail("cannot write", path);
            done += now;
        }
        left -= part;
    }
    if (close(file) != 0) return fail("cannot write", path);
    return padding == 0 || pull(stream, block, padding) || fail("cannot read", "/proc/self/exe");
}

static bool unpack_all(const struct payload *payload, const char *folder) {
    static struct stream stream;
    unsigned char head[BLOCK];
    char path[2 * PATH];
    stream = (struct stream){.from = payload, .xz = LZMA_STREAM_INIT};
    if (lzma_stream_decoder(&stream.xz, UINT64_MAX, 0) != LZMA_OK) return errno = ENOMEM, fail("cannot unpack into", folder);
    snprintf(path, sizeof path, "%s%s", folder, FILES);
    FILE *list = fopen(path, "wxe");
    if (!list) return fail("cannot write", path);
    bool good = true;
    for (;;) {
        good = pull(&stream, head, BLOCK) || fail("cannot read", "/proc/self/exe");
        if (good && head[0] == 0) good = ends_well(&stream) || fail("cannot read", "/proc/self/exe");
        if (!good || head[0] == 0) break;
        good = unpack_file(&stream, folder, head, list);
        if (!good) break;
    }
    fputs(".\n", list); /* the list is whole */
    good = good && !ferror(list);
    good = fclose(list) == 0 && good;
    lzma_end(&stream.xz);
    return good || fail("cannot write", path);
}

/* Unpack beside the final folder, then give it its name. Somebody else may have been quicker: then theirs serves. */
static bool unpack(const struct payload *payload, const char *place, const char *final) {
    char folder[2 * PATH], broken[2 * PATH];
    snprintf(folder, sizeof folder, "%s.%d", final, getpid());
    remove_folder(folder);
    if (mkdir(folder, 0700) != 0) return fail("cannot make the folder", folder);
    int held = lock(folder, LOCK_EX);
    bool good = held >= 0 && unpack_all(payload, folder);
    if (good && syncfs(held) != 0) good = fail("cannot write", folder);
    if (good && rename(folder, final) != 0) {
        snprintf(broken, sizeof broken, "%s.%d.broken", final, getpid());
        good = complete(final) || (rename(final, broken) == 0 && rename(folder, final) == 0) || complete(final) ||
               fail("cannot rename", folder);
        remove_folder(broken);
    }
    if (held >= 0) close(held);
    remove_folder(folder);
    if (good) clean(place, payload->name);
    return good;
}

/* Run from this place; comes back only if that could not be. */
static void run_from(const struct payload *payload, char *place, char **arguments) {
    char final[2 * PATH], program[2 * PATH];
    if (!make_folders(place)) return;
    snprintf(final, sizeof final, "%s/%s", place, payload->name);
    for (int attempt = 0; attempt < 3; attempt++) {
        int held = lock(final, LOCK_SH);
        if (held >= 0 && complete(final)) {
            futimens(held, NULL); /* the day of the last start */
            snprintf(program, sizeof program, "%s/%s", final, PROGRAM);
            execv(program, arguments);
            fail("programs cannot be started from", place);
            close(held);
            return;
        }
        if (held >= 0) close(held);
        if (!unpack(payload, place, final)) return;
    }
}

/* What the user has set for other Pythons is put under other names: the one in here would read some of it, and end with
 * an error. The program gives it to what it starts. */
static void hide_settings_of_python(void) {
    char name[BLOCK];
    for (char **entry = environ; *entry;) {
        const char *value = strchr(*entry, '=');
        size_t length = value ? (size_t)(value - *entry) : 0;
        if (strncmp(*entry, "PYTHON", 6) != 0 || length + sizeof HIDDEN > sizeof name) {
            entry++;
            continue;
        }
        snprintf(name, sizeof name, "%s%.*s", HIDDEN, (int)length, *entry);
        setenv(name, value + 1, 1);
        unsetenv(name + sizeof HIDDEN - 1);
        entry = environ;
    }
}

int main(int count, char **arguments) {
    struct payload payload = {0};
    char path[PATH + 1], own[PATH] = {0};
    (void)count;
    if (!find_payload(&payload)) return sorry("this file is damaged. Fetch it again.");
    if (readlink("/proc/self/exe", own, sizeof own - 1) > 0) setenv("ADRASTEA_ONE_FILE", own, 1);
    hide_settings_of_python();
    for (int number = 0; number < PLACES; number++)
        if (place(number, path)) run_from(&payload, path, arguments);
    fprintf(stderr, "adrastea: it unpacks itself once, and found no place for that (%s). Free 20 MB in ~/.cache, or set "
                    "XDG_CACHE_HOME to a folder of yours from which programs may be started.\n", reason);
    return 1;
}
