#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace ohmloop {

/// "python3 'my adc.py' --fast" as words: blanks separate, quotes and backslashes hold together. Nothing if a quote
/// does not end or there is no word. No shell is involved: nothing is expanded.
std::optional<std::vector<std::string>> split_command(const std::string& command);

/// Another program that answers one line for each line it is sent. It runs in a process group of its own, which is
/// killed with this object, with everything that the program has started in it, and is gone afterwards. Needs POSIX
/// and, for programs that outlive a crash of ours, Linux.
class ChildProcess {
 public:
  /// What went wrong: a phrase that follows the program's name.
  struct Failure {
    std::string what;    ///< "did not answer within 10 s", "ended with exit code 3"
    std::string output;  ///< what came on its standard output instead of a line; may be empty
  };
  struct Reply {
    std::string line;  ///< without its end
    std::optional<Failure> failure;
  };

  ChildProcess() = default;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  /// Nothing, or why it can't be started. Call once.
  std::optional<Failure> start(const std::vector<std::string>& words);

  /// Sends a line and waits for one; reads at most `max_bytes`. After a failure the program is dead.
  Reply exchange(const std::string& line, std::chrono::milliseconds timeout, std::size_t max_bytes);

  /// The last lines of its standard error.
  [[nodiscard]] const std::string& error_tail() const { return error_tail_; }

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  Failure fail(std::string what);
  bool wait_for_data(const std::string& unsent, Deadline deadline);
  void read_errors();
  bool read_output(std::size_t max_bytes);
  std::string describe_end();
  void end();

  pid_t group_ = 0;
  int input_ = -1;
  int output_ = -1;
  int errors_ = -1;
  std::string buffer_;
  std::string error_tail_;
};

}  // namespace ohmloop
