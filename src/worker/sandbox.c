// SPDX-License-Identifier: Apache-2.0
#include "worker/sandbox.h"
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static bool limit(__rlimit_resource_t what, rlim_t most) {
  struct rlimit value = {most, most};
  return setrlimit(what, &value) == 0;
}

static bool limit_resources(bool network) {
#ifndef SANITIZED // its shadow alone is terabytes of address space
  if (!limit(RLIMIT_AS, (rlim_t)(network ? 512 : 256) << 20)) return false;
#endif
  if (!network && !limit(RLIMIT_CPU, 5)) return false; // a conversation lasts as long as its server
  return limit(RLIMIT_FSIZE, (rlim_t)32 << 20) && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_NOFILE, network ? 64 : 3) && limit(RLIMIT_STACK, (rlim_t)8 << 20);
}

#ifndef SANITIZED
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
    SCMP_SYS(open),       SCMP_SYS(openat),    SCMP_SYS(stat),       SCMP_SYS(lstat),
    SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(statx),
};

static bool add_rules(scmp_filter_ctx filter) {
  for (size_t i = 0; i < COUNT_OF(allowed); i++)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) != 0) return false;
  for (size_t i = 0; i < COUNT_OF(absent); i++)
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOENT), absent[i], 0) != 0) return false;
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
  bool loaded =
      (network ? add_network_rules(filter) : add_rules(filter)) && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return loaded;
}
#endif

static bool enter(bool network) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
      prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0) != 0)
    return false;
#ifdef SANITIZED
  return limit_resources(network);
#else
  return limit_resources(network) && filter_calls(network);
#endif
}

bool sandbox_enter(void) {
  return enter(false);
}

bool sandbox_enter_network(void) {
  return enter(true);
}
