#include "ohmloop/cli/run_program.hpp"

#include <cerrno>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ohmloop {

namespace {

constexpr int cannot_start = 127;
constexpr int signal_offset = 128;

int spawn_and_wait(std::vector<std::string>& words, const posix_spawn_file_actions_t* actions) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t process = 0;
  if (::posix_spawnp(&process, pointers.front(), actions, nullptr, pointers.data(), environ) != 0) return cannot_start;
  int status = 0;
  while (::waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return cannot_start;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : signal_offset + WTERMSIG(status);
}

}  // namespace

int run_program(std::vector<std::string> words) { return spawn_and_wait(words, nullptr); }

bool can_start(std::vector<std::string> words) {
  posix_spawn_file_actions_t silent;
  ::posix_spawn_file_actions_init(&silent);
  ::posix_spawn_file_actions_addopen(&silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  const int code = spawn_and_wait(words, &silent);
  ::posix_spawn_file_actions_destroy(&silent);
  return code != cannot_start;
}

}  // namespace ohmloop
