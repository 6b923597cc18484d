/* What macOS answers when it is asked for processes and for itself, in the structures of its own headers (bsd/sys/proc_info.h of
 * https://github.com/apple-oss-distributions/xnu). To be loaded before a program on Linux.
 *
 * 4242 is a process that lives, 4243 one that has ended and whose number is kept; there is no other.
 */

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

enum { MAXCOMLEN = 16, SRUN = 2, SZOMB = 5, PROC_PIDTBSDINFO = 3, PROC_PIDTASKINFO = 4, LIVES = 4242, ENDED = 4243 };

struct proc_bsdinfo {
    uint32_t pbi_flags, pbi_status, pbi_xstatus, pbi_pid, pbi_ppid;
    uint32_t pbi_uid, pbi_gid, pbi_ruid, pbi_rgid, pbi_svuid, pbi_svgid, rfu_1;
    char pbi_comm[MAXCOMLEN], pbi_name[2 * MAXCOMLEN];
    uint32_t pbi_nfiles, pbi_pgid, pbi_pjobc, e_tdev, e_tpgid;
    int32_t pbi_nice;
    uint64_t pbi_start_tvsec, pbi_start_tvusec;
};

struct proc_taskinfo {
    uint64_t pti_virtual_size, pti_resident_size, pti_total_user, pti_total_system, pti_threads_user, pti_threads_system;
    int32_t pti_policy, pti_faults, pti_pageins, pti_cow_faults, pti_messages_sent, pti_messages_received;
    int32_t pti_syscalls_mach, pti_syscalls_unix, pti_csw, pti_threadnum, pti_numrunning, pti_priority;
};

int proc_pidinfo(int pid, int flavor, uint64_t arg, void *buffer, int buffersize) {
    struct proc_bsdinfo bsd = {.pbi_pid = pid, .pbi_name = "python", .pbi_nice = -1};
    struct proc_taskinfo task = {.pti_virtual_size = 1ull << 40, .pti_resident_size = 5000000000, .pti_threadnum = 7};
    int is_bsd = flavor == PROC_PIDTBSDINFO, size = is_bsd ? sizeof bsd : sizeof task;

    if ((pid != LIVES && pid != ENDED) || arg != 0 || buffersize < size || (!is_bsd && flavor != PROC_PIDTASKINFO)) {
        errno = ESRCH;
        return 0;
    }
    bsd.pbi_status = pid == LIVES ? SRUN : SZOMB;
    bsd.pbi_start_tvsec = 1764201600;
    bsd.pbi_start_tvusec = 42;
    memcpy(buffer, is_bsd ? (void *)&bsd : (void *)&task, size);
    return size;
}

int sysctlbyname(const char *name, void *old, size_t *size, void *new, size_t new_size) {
    static const char uuid[] = "8A2A9C1E-2C7C-4F6A-9B5D-0123456789AB";

    if (strcmp(name, "kern.bootsessionuuid") != 0 || new != NULL || new_size != 0 || *size < sizeof uuid) {
        errno = ENOENT;
        return -1;
    }
    memcpy(old, uuid, *size = sizeof uuid);
    return 0;
}

int gethostuuid(unsigned char *uuid, const struct timespec *wait) {
    if (wait->tv_sec != 1 || wait->tv_nsec != 0)
        return -1;
    for (int place = 0; place < 16; place++)
        uuid[place] = place * 17;
    return 0;
}
