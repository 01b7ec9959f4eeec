/* Stands between the program and the C library, counts what the program asks of the disk, and lets the
 * n-th request fail.
 *
 * Loaded by LD_PRELOAD. What is counted: writes, syncs, truncations, and names made, changed and
 * removed, of files below FAULT_ROOT. Standard streams, sockets and reads pass uncounted.
 *
 *   FAULT_ROOT   the folder whose files are concerned
 *   FAULT_AT     the number of the request, from 1, at which the fault comes; 0 or unset: none
 *   FAULT_MODE   once: that request fails; from: it and all that follow; kill: the process dies there
 *   FAULT_ERRNO  what it fails with, as a number
 *   FAULT_LOG    a file that is told each request that was granted, one line each:
 *                request, inode, offset, length, path, second path, with tabs between them
 *   FAULT_DATA   when set, the bytes of each write follow its line
 *   FAULT_REPLY_MS  the longest that a socket waits for its peer
 *
 * A write that fails, or in which the process dies, has left half of its bytes behind: the worst that
 * a disk may do. It is C because a C compiler is there already, for SQLite, and Rust cannot replace the
 * C library's functions without a package of its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { ONCE, FROM, KILL };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static long fault_at, count;
static enum mode mode;
static int fault_errno = EIO, log_fd = -1, with_data;
static long reply_ms;

#define REAL(name, result, ...)                                   \
    static result (*real)(__VA_ARGS__);                           \
    if (real == NULL) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static ssize_t real_write(int fd, const void *bytes, size_t length)
{
    REAL("write", ssize_t, int, const void *, size_t);
    return real(fd, bytes, length);
}

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("FAULT_ROOT");
    snprintf(root, sizeof root, "%s", text ? text : "/nowhere");
    if ((text = getenv("FAULT_AT"))) fault_at = atol(text);
    if ((text = getenv("FAULT_ERRNO"))) fault_errno = atoi(text);
    if ((text = getenv("FAULT_MODE")))
        mode = !strcmp(text, "kill") ? KILL : !strcmp(text, "from") ? FROM : ONCE;
    if ((text = getenv("FAULT_LOG"))) {
        REAL("open", int, const char *, int, ...);
        log_fd = real(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    with_data = getenv("FAULT_DATA") != NULL;
    if ((text = getenv("FAULT_REPLY_MS"))) reply_ms = atol(text);
}

static int concerns(const char *path)
{
    return strncmp(path, root, strlen(root)) == 0;
}

/* Writes the path of an open file that is concerned; says whether it is one. */
static int path_of(int fd, char *path)
{
    struct stat stat;
    char link[64];
    if (fd < 0 || fd == log_fd || fstat(fd, &stat) != 0) return 0;
    if (!S_ISREG(stat.st_mode) && !S_ISDIR(stat.st_mode)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return concerns(path);
}

/* Writes a path from the root of the file system. */
static int absolute(int folder, const char *path, char *whole)
{
    if (path[0] == '/') {
        snprintf(whole, PATH_MAX, "%s", path);
    } else if (folder == AT_FDCWD) {
        char here[PATH_MAX];
        if (getcwd(here, sizeof here) == NULL) return 0;
        if (snprintf(whole, PATH_MAX, "%s/%s", here, path) >= PATH_MAX) return 0;
    } else {
        return 0;
    }
    return concerns(whole);
}

static unsigned long inode_of(int fd, const char *path)
{
    struct stat found;
    int failed = fd >= 0 ? fstat(fd, &found) : lstat(path, &found);
    return failed ? 0 : (unsigned long)found.st_ino;
}

static void tell(const char *request, unsigned long inode, long offset, long length,
                 const char *path, const char *second, const void *bytes)
{
    char line[2 * PATH_MAX + 128];
    if (log_fd < 0) return;
    int size = snprintf(line, sizeof line, "%s\t%lu\t%ld\t%ld\t%s\t%s\n", request, inode, offset,
                        length, path, second);
    real_write(log_fd, line, (size_t)size);
    if (bytes != NULL && with_data && length > 0) real_write(log_fd, bytes, (size_t)length);
}

/* Counts a request, under the lock; says whether it fails. `half` may be NULL. */
static int fails(void)
{
    count++;
    if (fault_at == 0) return 0;
    return mode == FROM ? count >= fault_at : count == fault_at;
}

static int fail(void)
{
    if (mode == KILL) kill(getpid(), SIGKILL);
    pthread_mutex_unlock(&lock);
    errno = fault_errno;
    return -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
    char path[PATH_MAX];
    REAL("pwrite64", ssize_t, int, const void *, size_t, off64_t);
    if (!path_of(fd, path)) return real(fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    if (fails()) {
        real(fd, bytes, length / 2, offset);
        return fail();
    }
    ssize_t written = real(fd, bytes, length, offset);
    int error = errno;
    tell("write", inode_of(fd, path), offset, written, path, "", bytes);
    pthread_mutex_unlock(&lock);
    errno = error;
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    return pwrite64(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real_write(fd, bytes, length);
    pthread_mutex_lock(&lock);
    if (fails()) {
        real_write(fd, bytes, length / 2);
        return fail();
    }
    ssize_t written = real_write(fd, bytes, length);
    int error = errno;
    /* Asked afterwards, since a file that is appended to is written at its end. */
    off_t offset = lseek(fd, 0, SEEK_CUR) - (written > 0 ? written : 0);
    tell("write", inode_of(fd, path), offset, written, path, "", bytes);
    pthread_mutex_unlock(&lock);
    errno = error;
    return written;
}

/* A short write is the caller's to go on with, so that one part at a time will do. */
ssize_t writev(int fd, const struct iovec *parts, int number)
{
    char path[PATH_MAX];
    REAL("writev", ssize_t, int, const struct iovec *, int);
    if (!path_of(fd, path)) return real(fd, parts, number);
    for (int part = 0; part < number; part++)
        if (parts[part].iov_len > 0) return write(fd, parts[part].iov_base, parts[part].iov_len);
    return 0;
}

/* Whoever copies by these goes on by read and write, where each piece is counted. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *into, size_t length, unsigned flags)
{
    (void)from, (void)at, (void)to, (void)into, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t length)
{
    (void)from, (void)at, (void)to, (void)length;
    errno = ENOSYS;
    return -1;
}

static int synced(const char *name, int fd)
{
    char path[PATH_MAX];
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (!path_of(fd, path)) return real(fd);
    pthread_mutex_lock(&lock);
    if (fails()) return fail();
    /* Nothing is lost in a test by leaving the disk alone: a cut of the power is played from the log. */
    tell("sync", inode_of(fd, path), 0, 0, path, "", NULL);
    pthread_mutex_unlock(&lock);
    return 0;
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

int ftruncate64(int fd, off64_t length)
{
    char path[PATH_MAX];
    REAL("ftruncate64", int, int, off64_t);
    if (!path_of(fd, path)) return real(fd, length);
    pthread_mutex_lock(&lock);
    if (fails()) return fail();
    int result = real(fd, length);
    tell("truncate", inode_of(fd, path), length, 0, path, "", NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int opened(int folder, const char *path, int flags, mode_t permissions)
{
    char whole[PATH_MAX];
    struct stat found;
    REAL("openat64", int, int, const char *, int, ...);
    int is_writing = (flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE;
    if (!is_writing || !absolute(folder, path, whole)) return real(folder, path, flags, permissions);
    int is_new = (flags & O_TMPFILE) == O_TMPFILE || lstat(whole, &found) != 0;
    int is_cut = !is_new && (flags & O_TRUNC) && found.st_size > 0;
    if (!is_new && !is_cut) return real(folder, path, flags, permissions);
    pthread_mutex_lock(&lock);
    if (fails()) return fail();
    int fd = real(folder, path, flags, permissions);
    int error = errno;
    if (fd >= 0)
        tell(is_cut ? "truncate" : (flags & O_TMPFILE) == O_TMPFILE ? "nameless" : "create",
             inode_of(fd, whole), 0, 0, whole, "", NULL);
    pthread_mutex_unlock(&lock);
    errno = error;
    return fd;
}

#define PERMISSIONS()                                                      \
    mode_t permissions = 0;                                                \
    if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {           \
        va_list rest;                                                      \
        va_start(rest, flags);                                             \
        permissions = (mode_t)va_arg(rest, int);                           \
        va_end(rest);                                                      \
    }

int open(const char *path, int flags, ...)
{
    PERMISSIONS();
    return opened(AT_FDCWD, path, flags, permissions);
}

int open64(const char *path, int flags, ...)
{
    PERMISSIONS();
    return opened(AT_FDCWD, path, flags | O_LARGEFILE, permissions);
}

int openat(int folder, const char *path, int flags, ...)
{
    PERMISSIONS();
    return opened(folder, path, flags, permissions);
}

int openat64(int folder, const char *path, int flags, ...)
{
    PERMISSIONS();
    return opened(folder, path, flags | O_LARGEFILE, permissions);
}

int mkdir(const char *path, mode_t permissions)
{
    char whole[PATH_MAX];
    struct stat found;
    REAL("mkdir", int, const char *, mode_t);
    if (!absolute(AT_FDCWD, path, whole) || lstat(whole, &found) == 0) return real(path, permissions);
    pthread_mutex_lock(&lock);
    if (fails()) return fail();
    int result = real(path, permissions);
    int error = errno;
    if (result == 0) tell("mkdir", inode_of(-1, whole), 0, 0, whole, "", NULL);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

/* The names that two paths have in a folder: `from` is left out for a second name of the same file. */
static int named(const char *request, const char *name, const char *from, const char *to)
{
    char old[PATH_MAX], new[PATH_MAX];
    int (*real)(const char *, const char *) =
        (int (*)(const char *, const char *))dlsym(RTLD_NEXT, name);
    if (!absolute(AT_FDCWD, from, old) || !absolute(AT_FDCWD, to, new)) return real(from, to);
    pthread_mutex_lock(&lock);
    if (fails()) return fail();
    int result = real(from, to);
    int error = errno;
    if (result == 0) tell(request, inode_of(-1, new), 0, 0, old, new, NULL);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int rename(const char *from, const char *to) { return named("rename", "rename", from, to); }
int link(const char *from, const char *to) { return named("link", "link", from, to); }

int linkat(int at, const char *from, int into, const char *to, int flags)
{
    REAL("linkat", int, int, const char *, int, const char *, int);
    if (at == AT_FDCWD && into == AT_FDCWD && flags == 0) return named("link", "link", from, to);
    return real(at, from, into, to, flags);
}

int unlink(const char *path)
{
    char whole[PATH_MAX];
    struct stat found;
    REAL("unlink", int, const char *);
    if (!absolute(AT_FDCWD, path, whole) || lstat(whole, &found) != 0) return real(path);
    pthread_mutex_lock(&lock);
    if (fails()) return fail();
    int result = real(path);
    int error = errno;
    if (result == 0) tell("unlink", (unsigned long)found.st_ino, 0, 0, whole, "", NULL);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t length)
{
    REAL("setsockopt", int, int, int, int, const void *, socklen_t);
    if (reply_ms > 0 && level == SOL_SOCKET && option == SO_RCVTIMEO
        && length == sizeof(struct timeval)) {
        struct timeval given = *(const struct timeval *)value;
        struct timeval most = { reply_ms / 1000, (reply_ms % 1000) * 1000 };
        if (given.tv_sec * 1000 + given.tv_usec / 1000 > reply_ms)
            return real(fd, level, option, &most, length);
    }
    return real(fd, level, option, value, length);
}
