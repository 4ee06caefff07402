#include "ohmloop/energy/programs/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ohmloop {
namespace {

constexpr std::size_t chunk_bytes = 4096;
constexpr std::size_t tail_bytes = 2000;
/// What a program gets to leave by itself once its input has ended.
constexpr int farewell_ms = 200;

void close_all(std::initializer_list<int*> descriptors) {
  for (int* each : descriptors) {
    if (*each >= 0) ::close(*each);
    *each = -1;
  }
}

/// Descriptors of both sides; ours first. Close themselves when another program is started.
struct Channels {
  std::array<int, 2> input = {-1, -1};   ///< a socket: writing to a dead program must not raise a signal
  std::array<int, 2> output = {-1, -1};  ///< read end, write end
  std::array<int, 2> errors = {-1, -1};
  std::array<int, 2> start = {-1, -1};  ///< carries errno if the program can't be started

  [[nodiscard]] bool open() {
    return ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) == 0 &&
           ::pipe2(output.data(), O_CLOEXEC) == 0 && ::pipe2(errors.data(), O_CLOEXEC) == 0 &&
           ::pipe2(start.data(), O_CLOEXEC) == 0;
  }

  void close() {
    close_all({&input[0], &input[1], &output[0], &output[1], &errors[0], &errors[1], &start[0], &start[1]});
  }
};

/// Runs in the new process; calls nothing but what is allowed there.
[[noreturn]] void become(const Channels& channels, char* const* arguments) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(channels.input[1], STDIN_FILENO);
  ::dup2(channels.output[1], STDOUT_FILENO);
  ::dup2(channels.errors[1], STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::execvp(arguments[0], arguments);
  const int error = errno;
  const ssize_t written = ::write(channels.start[1], &error, sizeof error);
  ::_exit(written == sizeof error ? 127 : 126);
}

void set_nonblocking(int descriptor) { ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK); }

int milliseconds_until(std::chrono::steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

}  // namespace

ChildProcess::~ChildProcess() { end(); }

std::optional<ChildProcess::Failure> ChildProcess::start(const std::vector<std::string>& words) {
  Channels channels;
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  for (std::string& each : copies) arguments.push_back(each.data());
  arguments.push_back(nullptr);
  const pid_t child = channels.open() ? ::fork() : -1;
  if (child == 0) become(channels, arguments.data());
  if (child < 0) {
    const int error = errno;
    channels.close();
    return Failure{fmt::format("can't be started: {}", std::strerror(error)), ""};
  }
  ::setpgid(child, child);  // whoever comes first: it must be done before anything is killed
  group_ = child;
  close_all({&channels.input[1], &channels.output[1], &channels.errors[1], &channels.start[1]});
  input_ = channels.input[0];
  output_ = channels.output[0];
  errors_ = channels.errors[0];
  for (const int each : {input_, output_, errors_}) set_nonblocking(each);
  int error = 0;
  const bool failed = ::read(channels.start[0], &error, sizeof error) == sizeof error;
  close_all({&channels.start[0]});
  if (!failed) return std::nullopt;
  end();
  return Failure{fmt::format("can't be started: {}", std::strerror(error)), ""};
}

ChildProcess::Reply ChildProcess::exchange(const std::string& line, std::chrono::milliseconds timeout,
                                           std::size_t max_bytes) {
  const Deadline deadline = std::chrono::steady_clock::now() + timeout;
  if (group_ == 0) return {"", Failure{"is not running any more", ""}};
  const bool open = read_output(max_bytes);
  if (!buffer_.empty()) return {"", fail("wrote to its standard output without being asked")};
  if (!open) return {"", fail(describe_end())};
  std::string unsent = line + "\n";
  while (true) {
    const std::size_t end_of_line = buffer_.find('\n');
    if (end_of_line != std::string::npos) {
      Reply reply{buffer_.substr(0, end_of_line), std::nullopt};
      buffer_.erase(0, end_of_line + 1);
      if (!reply.line.empty() && reply.line.back() == '\r') reply.line.pop_back();
      return reply;
    }
    if (buffer_.size() >= max_bytes) return {"", fail(fmt::format("wrote a line of more than {} bytes", max_bytes))};
    if (!wait_for_data(unsent, deadline)) {
      return {"", fail(fmt::format("did not answer within {:g} s", static_cast<double>(timeout.count()) / 1000))};
    }
    read_errors();
    if (!read_output(max_bytes) && buffer_.find('\n') == std::string::npos) return {"", fail(describe_end())};
    if (unsent.empty()) continue;
    const ssize_t sent = ::send(input_, unsent.data(), unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) unsent.erase(0, static_cast<std::size_t>(sent));
    if (sent < 0 && errno != EAGAIN && errno != EINTR) unsent.clear();  // it no longer listens, but may still speak
  }
}

ChildProcess::Failure ChildProcess::fail(std::string what) {
  read_errors();
  Failure failure{std::move(what), std::move(buffer_)};
  buffer_.clear();
  end();
  return failure;
}

/// False: nothing has happened until the deadline.
bool ChildProcess::wait_for_data(const std::string& unsent, Deadline deadline) {
  std::array<pollfd, 3> waiting = {
      {{output_, POLLIN, 0}, {errors_, POLLIN, 0}, {unsent.empty() ? -1 : input_, POLLOUT, 0}}};
  const int ready = ::poll(waiting.data(), waiting.size(), milliseconds_until(deadline));
  if (ready > 0) return true;
  return ready < 0 && errno == EINTR && std::chrono::steady_clock::now() < deadline;
}

void ChildProcess::read_errors() {
  std::array<char, chunk_bytes> chunk{};
  // A program that never stops complaining must not keep us here.
  for (int i = 0; i < 64 && errors_ >= 0; ++i) {
    const ssize_t count = ::read(errors_, chunk.data(), chunk.size());
    if (count == 0) close_all({&errors_});
    if (count <= 0) return;
    error_tail_.append(chunk.data(), static_cast<std::size_t>(count));
    if (error_tail_.size() > tail_bytes) error_tail_.erase(0, error_tail_.size() - tail_bytes);
  }
}

/// False: its output has ended.
bool ChildProcess::read_output(std::size_t max_bytes) {
  std::array<char, chunk_bytes> chunk{};
  while (buffer_.size() < max_bytes) {
    const ssize_t count = ::read(output_, chunk.data(), std::min(chunk.size(), max_bytes - buffer_.size()));
    if (count == 0) return false;
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return true;
}

/// "ended with exit code 3", after its output has ended.
std::string ChildProcess::describe_end() {
  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(farewell_ms);
  while (true) {
    siginfo_t info{};
    // It stays a zombie until end(), so that its process group can't be somebody else's by then.
    ::waitid(P_PID, static_cast<id_t>(group_), &info, WEXITED | WNOHANG | WNOWAIT);
    if (info.si_pid != 0) {
      if (info.si_code == CLD_EXITED) return fmt::format("ended with exit code {}", info.si_status);
      return fmt::format("was ended by signal {} ({})", info.si_status, ::strsignal(info.si_status));
    }
    if (std::chrono::steady_clock::now() >= deadline) return "closed its standard output";
    ::poll(nullptr, 0, 1);
  }
}

void ChildProcess::end() {
  if (group_ == 0) return;
  close_all({&input_});
  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(farewell_ms);
  siginfo_t info{};
  while (info.si_pid == 0 && std::chrono::steady_clock::now() < deadline) {
    if (::waitid(P_PID, static_cast<id_t>(group_), &info, WEXITED | WNOHANG | WNOWAIT) != 0) break;
    if (info.si_pid == 0) ::poll(nullptr, 0, 1);
  }
  read_errors();
  ::kill(-group_, SIGKILL);
  while (::waitpid(group_, nullptr, 0) < 0 && errno == EINTR) continue;
  group_ = 0;
  close_all({&output_, &errors_});
}

}  // namespace ohmloop
