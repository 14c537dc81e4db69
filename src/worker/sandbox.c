// SPDX-License-Identifier: Apache-2.0
#include "worker/sandbox.h"
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

// ---- files that stay within reach ----

typedef struct Kept {
  char path[256];
  int file;
} Kept;
static Kept kept[SANDBOX_MOST_FILES];
static int kept_count;

bool sandbox_keep(const char *path) {
  if (kept_count == SANDBOX_MOST_FILES || strlen(path) >= sizeof kept->path) return false;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  Kept *k = &kept[kept_count++];
  memcpy(k->path, path, strlen(path) + 1);
  k->file = file;
  return true;
}

// ---- limits ----

static bool limit(__rlimit_resource_t what, rlim_t most) {
  struct rlimit value = {most, most};
  return setrlimit(what, &value) == 0;
}

// A second before the end there is a signal that says why (SIGXCPU).
static bool limit_time(int seconds) {
  struct rlimit value = {(rlim_t)seconds, (rlim_t)seconds + 1};
  return seconds == 0 || setrlimit(RLIMIT_CPU, &value) == 0;
}

static bool limit_resources(SandboxLimits limits) {
  rlim_t files = limits.network ? 64 : kept_count == 0 ? 3 : 3 + 2 * (rlim_t)SANDBOX_MOST_FILES;
#ifndef SANITIZED // its shadow alone is terabytes of address space
  if (!limit(RLIMIT_AS, (rlim_t)limits.megabytes << 20)) return false;
#endif
  if (!limit_time(limits.seconds)) return false;
  return limit(RLIMIT_FSIZE, (rlim_t)64 << 20) && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_NOFILE, files) && limit(RLIMIT_STACK, (rlim_t)8 << 20);
}

#ifndef SANITIZED
// The kernel asks here when somebody opens a file or asks whether he may: the path is one of those
// kept, or it does not exist.
static void on_trap(int number, siginfo_t *about, void *frame) {
  (void)number;
  ucontext_t *context = frame;
  const int call = about->si_syscall;
  const bool plain = call == SCMP_SYS(open) || call == SCMP_SYS(access);
#if defined(__x86_64__)
  greg_t *answer = &context->uc_mcontext.gregs[REG_RAX];
  uintptr_t address = (uintptr_t)context->uc_mcontext.gregs[plain ? REG_RDI : REG_RSI];
#elif defined(__aarch64__)
  __u64 *answer = &context->uc_mcontext.regs[0];
  uintptr_t address = context->uc_mcontext.regs[plain ? 0 : 1];
#else
#error "say here where this machine keeps a call's arguments"
#endif
  const char *path = (const char *)address;
  *answer = (__typeof__(*answer))-ENOENT;
  for (int i = 0; path != NULL && i < kept_count; i++) {
    if (strcmp(path, kept[i].path) != 0) continue;
    int copy = call == SCMP_SYS(access) ? 0 : dup(kept[i].file);
    *answer = (__typeof__(*answer))(copy < 0 ? -EMFILE : copy);
    return;
  }
}

static bool answer_traps(void) {
  struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_NODEFER};
  return kept_count == 0 || sigaction(SIGSYS, &action, NULL) == 0;
}

static const int allowed[] = {
    SCMP_SYS(read),           SCMP_SYS(write),         SCMP_SYS(close),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),    SCMP_SYS(brk),
    SCMP_SYS(munmap),         SCMP_SYS(mremap),        SCMP_SYS(madvise),
    SCMP_SYS(futex),          SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),
    SCMP_SYS(fstat),          SCMP_SYS(newfstatat),    SCMP_SYS(lseek),
    SCMP_SYS(sysinfo),        SCMP_SYS(getpid),        SCMP_SYS(gettid),
    SCMP_SYS(tgkill),         SCMP_SYS(rt_sigreturn),  SCMP_SYS(gettimeofday),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(sched_yield),
};
// A library that looks for its data finds none, and goes on.
static const int absent[] = {
    SCMP_SYS(stat),     SCMP_SYS(lstat),      SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(statx),
};
// Opening: absent too, unless files were kept; then on_trap answers.
static const int opening[] = {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access)};

static bool add_opening(scmp_filter_ctx filter) {
  uint32_t what = kept_count == 0 ? SCMP_ACT_ERRNO(ENOENT) : SCMP_ACT_TRAP;
  for (size_t i = 0; i < COUNT_OF(opening); i++)
    if (seccomp_rule_add(filter, what, opening[i], 0) != 0) return false;
  const struct scmp_arg_cmp close_on_exec = SCMP_A1(SCMP_CMP_EQ, F_SETFD);
  return kept_count == 0 ||
         (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(dup), 0) == 0 &&
          seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, &close_on_exec) == 0);
}

// Finding a face begins a thread: of this process, under this filter; never another process.
static bool add_threads(scmp_filter_ctx filter) {
  static const int needed[] = {SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
                               SCMP_SYS(sched_getaffinity)};
  const scmp_datum_t flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
  const struct scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, flags, flags);
  const struct scmp_arg_cmp name = SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME);
  if (kept_count == 0) return true;
  for (size_t i = 0; i < COUNT_OF(needed); i++)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, needed[i], 0) != 0) return false;
  // The C library then asks with clone, whose flags can be seen.
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
         seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &thread) == 0 &&
         seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, &name) == 0;
}

static bool add_rules(scmp_filter_ctx filter) {
  for (size_t i = 0; i < COUNT_OF(allowed); i++)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) != 0) return false;
  for (size_t i = 0; i < COUNT_OF(absent); i++)
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOENT), absent[i], 0) != 0) return false;
  if (!add_opening(filter) || !add_threads(filter)) return false;
  // Memory, but never memory that can be executed.
  const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_code) == 0 &&
         seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_code) == 0;
}

// What a resolver and a TLS connection need.
static const int networking[] = {
    SCMP_SYS(socket),       SCMP_SYS(connect),
    SCMP_SYS(bind),         SCMP_SYS(poll),
    SCMP_SYS(ppoll),        SCMP_SYS(select),
    SCMP_SYS(pselect6),     SCMP_SYS(sendto),
    SCMP_SYS(recvfrom),     SCMP_SYS(sendmsg),
    SCMP_SYS(recvmsg),      SCMP_SYS(sendmmsg),
    SCMP_SYS(recvmmsg),     SCMP_SYS(setsockopt),
    SCMP_SYS(getsockopt),   SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),  SCMP_SYS(shutdown),
    SCMP_SYS(fcntl),        SCMP_SYS(ioctl),
    SCMP_SYS(socketpair),   SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),     SCMP_SYS(stat),
    SCMP_SYS(lstat),        SCMP_SYS(access),
    SCMP_SYS(readlink),     SCMP_SYS(getdents64),
    SCMP_SYS(uname),        SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),         SCMP_SYS(getuid),
    SCMP_SYS(geteuid),      SCMP_SYS(getgid),
    SCMP_SYS(getegid),      SCMP_SYS(sched_getaffinity),
    SCMP_SYS(writev),       SCMP_SYS(readv),
    SCMP_SYS(pread64),      SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),  SCMP_SYS(restart_syscall),
    SCMP_SYS(clock_getres),
};

// Everything else fails, as on a machine that lacks it: an unforeseen call of a resolver's plug-in
// must not end a delivery.
static bool add_network_rules(scmp_filter_ctx filter) {
  for (size_t i = 0; i < COUNT_OF(allowed); i++)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) != 0) return false;
  for (size_t i = 0; i < COUNT_OF(networking); i++)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, networking[i], 0) != 0) return false;
  const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  const struct scmp_arg_cmp reads = SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT, O_RDONLY);
  const struct scmp_arg_cmp old_reads = SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT, O_RDONLY);
  const struct scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_code) == 0 &&
         seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_code) == 0 &&
         seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, &reads) == 0 &&
         seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, &old_reads) == 0 &&
         seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &thread) == 0 &&
         seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

static bool filter_calls(bool network) {
  scmp_filter_ctx filter = seccomp_init(network ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_KILL_PROCESS);
  if (filter == NULL) return false;
  // A library may have begun a thread: the filter holds for all of them.
  bool loaded = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
                (network ? add_network_rules(filter) : add_rules(filter)) &&
                seccomp_load(filter) == 0;
  seccomp_release(filter);
  return loaded;
}
#endif

bool sandbox_enter(SandboxLimits limits) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
      prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0) != 0)
    return false;
#ifdef SANITIZED
  return limit_resources(limits);
#else
  return limit_resources(limits) && answer_traps() && filter_calls(limits.network);
#endif
}
