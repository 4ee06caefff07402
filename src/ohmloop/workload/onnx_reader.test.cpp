#include "ohmloop/workload/onnx_reader.hpp"

#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

using Integers = TestModel::Integers;

/// Every kind of field in one small file, so that damage can fall on each.
TestModel small_model() {
  TestModel model;
  model.input("x", {-1, 3, 8, 8}).weight("w", {8, 3, 3, 3}).weight("b", {8}).integers("target", {0, -1});
  model.weight("fc", {288, 10}).value_info("c", {1, 8, 6, 6}).floats("scales", {1, 1, 1, 1});
  model.node("Conv", {"x", "w", "b"}, {"c"}, "conv").with("pads", Integers{0, 0, 0, 0}).with_text("auto_pad", "NOTSET");
  model.node("Resize", {"c", "", "scales"}, {"r"}).node("Shape", {"r"}, {"s"}).node("Unknown", {"s"}, {"u"});
  model.node("Reshape", {"r", "target"}, {"flat"}).node("MatMul", {"flat", "fc"}, {"y"});
  model.node("Slice", {"y", "target", "target"}, {"unused"})
      .node("Constant", {}, {"k"})
      .with_floats("value_floats", {2});
  model.graph().mutable_node(6)->set_op_type("Softmax");
  model.graph().mutable_node(6)->mutable_input()->DeleteSubrange(1, 2);
  return model;
}

/// Reads bytes that may be anything: a network or an InputError, nothing else.
void expect_survives(const std::string& bytes) {
  try {
    static_cast<void>(read_onnx_bytes(bytes, "damaged.onnx"));
  } catch (const InputError& error) {
    EXPECT_FALSE(error.diagnostics().empty());
  }
}

std::string message_of(const std::string& bytes) {
  try {
    static_cast<void>(read_onnx_bytes(bytes, "m.onnx"));
  } catch (const InputError& error) {
    return error.diagnostics().front().message;
  }
  return "no error";
}

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes) : path_(testing::TempDir() + "onnx_reader_test.onnx") {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(ReadOnnx, reads_a_file_as_it_reads_its_bytes) {
  const TemporaryFile file(small_model().bytes());
  OnnxStats stats;
  const Network network = read_onnx(file.path(), {.batch = 2}, &stats);
  EXPECT_EQ(network.name, "onnx_reader_test");
  EXPECT_EQ(network.macs(), 2 * (8 * 27 * 36 + 2880));
  EXPECT_EQ(network.parameters(), 216 + 8 + 2880);
  EXPECT_EQ(stats.operator_set, 13);
  EXPECT_GT(stats.read_seconds, 0);
}

TEST(ReadOnnx, says_why_a_file_cannot_be_read) {
  EXPECT_THROW(static_cast<void>(read_onnx("/nowhere/model.onnx")), IoError);
  EXPECT_THROW(static_cast<void>(read_onnx(testing::TempDir())), IoError);
  EXPECT_THROW(static_cast<void>(read_onnx("/dev/zero")), IoError);
  const TemporaryFile empty("");
  EXPECT_THROW(static_cast<void>(read_onnx(empty.path())), InputError);
  const TemporaryFile large(std::string(100, ' '));
  EXPECT_THROW(static_cast<void>(read_onnx(large.path(), {.max_bytes = 99})), InputError);
}

TEST(ReadOnnx, says_what_a_file_is_instead) {
  const auto notes = [](const std::string& bytes) -> std::string {
    try {
      static_cast<void>(read_onnx_bytes(bytes, "m.onnx"));
    } catch (const InputError& error) {
      const auto& found = error.diagnostics().front().notes;
      return found.empty() ? "" : found.front();
    }
    return "no error";
  };
  EXPECT_NE(notes("architecture:\n- !Memory {name: glb}\n").find("looks like text"), std::string::npos);
  EXPECT_NE(notes("version https://git-lfs.github.com/spec/v1\n").find("git lfs pull"), std::string::npos);
  EXPECT_NE(notes("PK\x03\x04 something").find("zip"), std::string::npos);
  EXPECT_EQ(message_of(""), "m.onnx: the file is empty");
  EXPECT_NE(message_of(::onnx::ModelProto().SerializeAsString() + std::string("\x08\x08", 2)).find("holds no graph"),
            std::string::npos);
}

TEST(ReadOnnx, accepts_operator_sets_7_to_17) {
  for (const std::int64_t version : {7, 17}) EXPECT_EQ(message_of(TestModel(version).bytes()), "no error");
  EXPECT_EQ(message_of(TestModel(18).bytes()), "m.onnx: operator set 18 is not supported, only 7 to 17 are");
  EXPECT_EQ(message_of(TestModel(6).bytes()), "m.onnx: operator set 6 is not supported, only 7 to 17 are");
  TestModel unsaid;
  unsaid.proto().clear_opset_import();
  EXPECT_NE(message_of(unsaid.bytes()).find("does not say its operator set"), std::string::npos);
  TestModel other;
  other.proto().mutable_opset_import(0)->set_domain("ai.onnx.ml");
  EXPECT_NE(message_of(other.bytes()).find("does not say its operator set"), std::string::npos);
}

TEST(ReadOnnx, refuses_a_file_cut_anywhere) {
  const std::string bytes = small_model().bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    EXPECT_THROW(static_cast<void>(read_onnx_bytes(cut, "cut.onnx")), InputError) << size << " of " << bytes.size();
  }
}

TEST(ReadOnnx, survives_any_change_of_one_byte) {
  const std::string bytes = small_model().bytes();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int value : {0, 1, 127, 128, 255}) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(value);
      expect_survives(damaged);
    }
  }
}

TEST(ReadOnnx, survives_random_damage_and_random_bytes) {
  std::mt19937 random(20260101);
  const std::string bytes = small_model().bytes();
  for (int round = 0; round < 5000; ++round) {
    std::string damaged = bytes;
    for (int change = 0; change < 8; ++change) damaged[random() % damaged.size()] = static_cast<char>(random());
    if (round % 3 == 0) damaged.erase(random() % damaged.size(), random() % 16);
    expect_survives(damaged);
    std::string noise(random() % 200 + 1, '\0');
    for (char& byte : noise) byte = static_cast<char>(random());
    expect_survives(noise);
  }
}

}  // namespace
}  // namespace ohmloop
