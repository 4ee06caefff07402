#include "fixtures.hpp"

#include <csignal>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "accuracy_files.hpp"
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ohmloop/cli/run_command_line.hpp"
#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop::test {

namespace {

namespace fs = std::filesystem;

/// Two convolutions, an activation and a classifier: small enough for any search.
TestModel tiny_model() {
  TestModel model;
  model.input("image", {-1, 3, 8, 8});
  model.weight("w1", {4, 3, 3, 3}).node("Conv", {"image", "w1"}, {"a"}, "conv1").with("pads", {1, 1, 1, 1});
  model.node("Relu", {"a"}, {"b"}, "relu1");
  model.weight("w2", {8, 4, 3, 3}).node("Conv", {"b", "w2"}, {"c"}, "conv2").with("strides", {2, 2});
  model.node("Flatten", {"c"}, {"d"}, "flatten");
  model.weight("w3", {10, 72}).node("Gemm", {"d", "w3"}, {"e"}, "classifier").with("transB", 1);
  return model;
}

TestModel model_with(const std::string& operation) {
  TestModel model;
  model.input("image", {1, 3, 8, 8});
  model.weight("w1", {4, 3, 3, 3}).node("Conv", {"image", "w1"}, {"a"}, "conv1");
  model.node(operation, {"a"}, {"b"}, "strange");
  return model;
}

TestModel one_convolution(const std::vector<std::int64_t>& input, const std::vector<std::int64_t>& weight) {
  TestModel model;
  model.input("image", input).weight("w1", weight).node("Conv", {"image", "w1"}, {"a"}, "conv1");
  return model;
}

/// The same bytes on every machine.
std::string random_bytes(std::size_t count) {
  std::string bytes;
  std::uint32_t state = 12345;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525U + 1013904223U;
    bytes += static_cast<char>(state >> 24U);
  }
  return bytes;
}

void make_files(const fs::path& folder) {
  const std::string tiny = tiny_model().bytes();
  write_text(folder / "tiny.onnx", tiny);
  write_text(folder / "no-ending", tiny);
  // The names in the examples of the help.
  write_text(folder / "model.onnx", tiny);
  fs::copy_file(folder / "chip.yaml", folder / "my-chip.yaml");
  write_text(folder / "truncated.onnx", tiny.substr(0, tiny.size() / 2));
  write_text(folder / "random.onnx", random_bytes(1000));
  write_text(folder / "empty.onnx", "");
  write_text(folder / "unsupported.onnx", model_with("FancyPool").bytes());
  write_text(folder / "zero.onnx", one_convolution({1, 3, 0, 8}, {4, 3, 3, 3}).bytes());
  write_text(folder / "no-layers.onnx",
             TestModel().input("image", {1, 3, 8, 8}).node("Relu", {"image"}, {"a"}, "relu").bytes());
  constexpr std::int64_t huge = std::int64_t{1} << 30;
  write_text(folder / "huge.onnx", one_convolution({1, huge, huge, huge}, {huge, huge, 1, 1}).bytes());
  make_accuracy_files(folder);
  write_text(folder / "empty.yaml", "");
  write_text(folder / "binary.yaml", std::string("\x7f"
                                                 "ELF\x02\x01\x01\x00\x00",
                                                 9));
  fs::create_directory(folder / "folder");
  fs::copy_file(OHMLOOP_SOURCE_DIR "/share/ohmloop/estimators/ring_adc.py", folder / "ring_adc.py");
}

}  // namespace

Playground::Playground() : before_(fs::current_path()) {
  std::string name = (fs::temp_directory_path() / "ohmloop-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  path_ = name;
  fs::copy(OHMLOOP_SOURCE_DIR "/tests/cli/files", path_, fs::copy_options::recursive);
  make_files(path_);
  fs::current_path(path_);
}

Playground::~Playground() {
  fs::current_path(before_);
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Outcome ohmloop(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = run_command_line(arguments, out, err);
  return {exit_code, out.str(), err.str()};
}

std::string read_text(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

Outcome ohmloop_interrupted(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"ohmloop"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  Outcome outcome;
  for (useconds_t wait = 500'000; wait < 60'000'000 && outcome.out.empty(); wait *= 2) {
    const pid_t child = ::fork();
    if (child == 0) {
      const int out = ::open("printed.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
      const int null = ::open("/dev/null", O_WRONLY);
      ::dup2(out, STDOUT_FILENO);
      ::dup2(null, STDERR_FILENO);
      ::execv(OHMLOOP_PROGRAM, pointers.data());
      ::_exit(127);
    }
    ::usleep(wait);
    ::kill(child, SIGINT);
    int status = 0;
    ::waitpid(child, &status, 0);
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.out = read_text("printed.txt");
    if (outcome.exit_code != 130) break;
  }
  return outcome;
}

}  // namespace ohmloop::test
