#include "ohmloop/report/figures/run_gnuplot.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ohmloop {

namespace {

constexpr std::chrono::seconds longest_drawing{60};

/// A file in memory: no limit as pipes have, and nothing to clean up.
class MemoryFile {
 public:
  explicit MemoryFile(const char* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

  bool write(const std::string& text) const {
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t written = ::write(descriptor_, text.data() + done, text.size() - done);
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) done += static_cast<std::size_t>(written);
    }
    return ::lseek(descriptor_, 0, SEEK_SET) == 0;
  }

  [[nodiscard]] std::string read_all() const {
    std::string text;
    std::array<char, 65536> part{};
    ::lseek(descriptor_, 0, SEEK_SET);
    for (ssize_t got = 0; (got = ::read(descriptor_, part.data(), part.size())) > 0;)
      text.append(part.data(), static_cast<std::size_t>(got));
    return text;
  }

 private:
  int descriptor_;
};

/// The process's end, or nothing if it took too long and was killed.
std::optional<int> wait_for(pid_t process) {
  const auto deadline = std::chrono::steady_clock::now() + longest_drawing;
  int status = 0;
  while (::waitpid(process, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) {
      ::kill(process, SIGKILL);
      ::waitpid(process, &status, 0);
      return std::nullopt;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return status;
}

/// What gnuplot needs to be found and to find fonts; nothing of the user's language or habits changes a picture.
std::vector<std::string> kept_variables() {
  std::vector<std::string> variables = {"LC_ALL=C.UTF-8"};
  for (const char* name : {"PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH"}) {
    if (const char* value = std::getenv(name)) variables.push_back(fmt::format("{}={}", name, value));
  }
  return variables;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n', text.find_first_not_of('\n')));
}

}  // namespace

Drawing run_gnuplot(const std::string& script) {
  const MemoryFile input("script");
  const MemoryFile output("picture");
  const MemoryFile errors("errors");
  if (!input.is_open() || !output.is_open() || !errors.is_open() || !input.write(script)) {
    return {.problem = fmt::format("no file in memory: {}", std::strerror(errno))};
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input.descriptor(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output.descriptor(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), STDERR_FILENO);
  std::string program = "gnuplot";
  std::string without_settings = "--default-settings";
  std::string from_input = "-";
  std::array<char*, 4> words = {program.data(), without_settings.data(), from_input.data(), nullptr};
  std::vector<std::string> variables = kept_variables();
  std::vector<char*> environment;
  for (std::string& each : variables) environment.push_back(each.data());
  environment.push_back(nullptr);
  pid_t process = 0;
  const int failed = ::posix_spawnp(&process, "gnuplot", &actions, nullptr, words.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed == ENOENT) return {.problem = "the program gnuplot is not there (Debian: apt install gnuplot-nox)"};
  if (failed != 0) return {.problem = fmt::format("gnuplot can't be started: {}", std::strerror(failed))};
  const std::optional<int> status = wait_for(process);
  if (!status) return {.problem = "gnuplot took too long"};
  std::string picture = output.read_all();
  if (*status != 0 || picture.empty())
    return {.problem = fmt::format("gnuplot failed: {}", first_line(errors.read_all()))};
  return {.picture = std::move(picture)};
}

}  // namespace ohmloop
