#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ohmloop::test {

/// A folder of its own with the files that transcripts use; the current directory while it lives.
class Playground {
 public:
  Playground();
  Playground(const Playground&) = delete;
  Playground& operator=(const Playground&) = delete;
  ~Playground();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::filesystem::path before_;
};

/// What a command line did.
struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// Runs the program in this process.
Outcome ohmloop(const std::vector<std::string>& arguments);

/// Runs the program as a process of its own and interrupts it (Ctrl-C), ever later until it has printed something: how
/// long it takes to begin depends on the machine.
Outcome ohmloop_interrupted(const std::vector<std::string>& arguments);

std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace ohmloop::test
