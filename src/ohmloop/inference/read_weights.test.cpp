#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;
using ::onnx::TensorProto;

/// A model whose one output is the initializer "w".
TestModel with_weight(const TensorProto& tensor) {
  TestModel model;
  *model.graph().add_initializer() = tensor;
  model.graph().mutable_initializer(0)->set_name("w");
  model.graph().add_output()->set_name("w");
  return model;
}

TensorData read(const TensorProto& tensor, const std::string& path = "net.onnx") {
  const Graph graph = read_graph_bytes(with_weight(tensor).bytes(), path);
  return *graph.constant(graph.outputs.at(0));
}

std::string error_of(const TensorProto& tensor, const std::string& path = "net.onnx") {
  try {
    read(tensor, path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TensorProto proto(int type, std::int64_t size) {
  TensorProto tensor;
  tensor.set_data_type(type);
  tensor.add_dims(size);
  return tensor;
}

template <class T>
void expect_values(const TensorData& tensor, const std::vector<T>& values) {
  ASSERT_EQ(tensor.type(), element_type_of<T>);
  EXPECT_EQ(std::vector<T>(tensor.values<T>().begin(), tensor.values<T>().end()), values);
}

template <class T>
void expect_small_type(int type) {
  TensorProto tensor = proto(type, 3);
  const std::vector<T> values = {std::numeric_limits<T>::min(), 1, std::numeric_limits<T>::max()};
  for (const T value : values) tensor.add_int32_data(value);
  expect_values(read(tensor), values);
  tensor.clear_int32_data();
  tensor.set_raw_data(values.data(), values.size() * sizeof(T));
  expect_values(read(tensor), values);
}

TEST(ReadWeights, SmallIntegersStandInTheFieldOfInt32OrInRawBytes) {
  expect_small_type<std::int8_t>(TensorProto::INT8);
  expect_small_type<std::uint8_t>(TensorProto::UINT8);
  expect_small_type<std::int16_t>(TensorProto::INT16);
  expect_small_type<std::uint16_t>(TensorProto::UINT16);
  expect_small_type<std::int32_t>(TensorProto::INT32);
}

TEST(ReadWeights, SixteenBitRealsStandInTheFieldOfInt32AsTheirBits) {
  for (const int type : {TensorProto::FLOAT16, TensorProto::BFLOAT16}) {
    TensorProto tensor = proto(type, 2);
    tensor.add_int32_data(0x3c00);
    tensor.add_int32_data(0xc000);
    const TensorData read_tensor = read(tensor);
    std::uint16_t bits[2];
    ASSERT_EQ(read_tensor.size_bytes(), sizeof bits);
    std::memcpy(bits, read_tensor.bytes(), sizeof bits);
    EXPECT_EQ(bits[0], 0x3c00U);
    EXPECT_EQ(bits[1], 0xc000U);
  }
}

TEST(ReadWeights, LargeTypesStandInFieldsOfTheirOwn) {
  TensorProto doubles = proto(TensorProto::DOUBLE, 2);
  doubles.add_double_data(0.1);
  doubles.add_double_data(-1e300);
  expect_values<double>(read(doubles), {0.1, -1e300});
  TensorProto longs = proto(TensorProto::INT64, 1);
  longs.add_int64_data(std::numeric_limits<std::int64_t>::min());
  expect_values<std::int64_t>(read(longs), {std::numeric_limits<std::int64_t>::min()});
  TensorProto unsigned_longs = proto(TensorProto::UINT64, 1);
  unsigned_longs.add_uint64_data(~std::uint64_t{0});
  expect_values<std::uint64_t>(read(unsigned_longs), {~std::uint64_t{0}});
  TensorProto words = proto(TensorProto::UINT32, 1);
  words.add_uint64_data(0xffffffffU);
  expect_values<std::uint32_t>(read(words), {0xffffffffU});
  TensorProto floats = proto(TensorProto::FLOAT, 2);
  floats.add_float_data(0.1F);
  floats.add_float_data(3e38F);
  expect_values<float>(read(floats), {0.1F, 3e38F});
}

TEST(ReadWeights, BoolsAreZeroOrOneWhateverTheFileSays) {
  TensorProto tensor = proto(TensorProto::BOOL, 3);
  tensor.set_raw_data(std::string("\x00\x01\xff", 3));
  const TensorData bools = read(tensor);
  EXPECT_EQ(static_cast<int>(bools.bytes()[1]), 1);
  EXPECT_EQ(static_cast<int>(bools.bytes()[2]), 1);
  EXPECT_FALSE(bools.values<bool>()[0]);
}

TEST(ReadWeights, Strings) {
  TensorProto tensor = proto(TensorProto::STRING, 2);
  tensor.add_string_data("a");
  tensor.add_string_data("");
  EXPECT_EQ(read(tensor).strings(), (std::vector<std::string>{"a", ""}));
}

TEST(ReadWeights, NothingIsMissingFromATensorWithoutElements) {
  EXPECT_EQ(read(proto(TensorProto::FLOAT, 0)).size(), 0U);
}

TEST(ReadWeights, RefusesOtherTypesAndOtherNumbersOfValues) {
  EXPECT_NE(error_of(proto(TensorProto::COMPLEX64, 1)).find("its element type, 14, is not supported"),
            std::string::npos);
  TensorProto few = proto(TensorProto::FLOAT, 5000);
  for (int i = 0; i < 4999; ++i) few.add_float_data(1);
  EXPECT_NE(error_of(few).find("its size is 5000, but the file holds 4999 values"), std::string::npos);
}

class ExternalWeights : public testing::Test {
 protected:
  ExternalWeights() {
    fs::create_directories(folder_ / "sub");
    fs::create_directories(folder_.string() + "_beside");
    const float values[] = {1, 2, 3, 4};
    for (const fs::path& path : {folder_ / "sub" / "weights.bin", fs::path(folder_.string() + "_beside") / "w.bin"}) {
      std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(values), sizeof values);
    }
  }
  ~ExternalWeights() override {
    fs::remove_all(folder_);
    fs::remove_all(folder_.string() + "_beside");
  }

  static TensorProto external(const std::string& location, const std::string& offset, const std::string& length) {
    TensorProto tensor = proto(TensorProto::FLOAT, 2);
    tensor.set_data_location(TensorProto::EXTERNAL);
    const auto add = [&](const char* key, const std::string& value) {
      if (value.empty()) return;
      auto* const entry = tensor.add_external_data();
      entry->set_key(key);
      entry->set_value(value);
    };
    add("location", location);
    add("offset", offset);
    add("length", length);
    return tensor;
  }
  [[nodiscard]] std::string model() const { return (folder_ / "net.onnx").string(); }

  fs::path folder_ = fs::temp_directory_path() / fmt::format("ohmloop_external_{}", ::getpid());
};

TEST_F(ExternalWeights, AreReadAtTheirOffset) {
  expect_values<float>(read(external("sub/weights.bin", "", ""), model()), {1, 2});
  expect_values<float>(read(external("sub/weights.bin", "8", "8"), model()), {3, 4});
}

TEST_F(ExternalWeights, BeyondTheEndOfTheFileAreRefused) {
  EXPECT_NE(error_of(external("sub/weights.bin", "12", ""), model()).find("which has only 16"), std::string::npos);
  EXPECT_NE(error_of(external("sub/weights.bin", "18446744073709551615", "8"), model()).find("which has only 16"),
            std::string::npos);
  EXPECT_NE(error_of(external("sub/weights.bin", "0", "12"), model()).find("external data are 12 long"),
            std::string::npos);
  EXPECT_NE(error_of(external("sub/weights.bin", "-1", ""), model()).find("damaged"), std::string::npos);
}

TEST_F(ExternalWeights, OutsideTheModelsFolderAreRefused) {
  const fs::path beside = folder_.string() + "_beside";
  fs::create_symlink(beside / "w.bin", folder_ / "link.bin");
  for (const std::string& location : {"../" + beside.filename().string() + "/w.bin", (beside / "w.bin").string(),
                                      std::string("link.bin"), std::string("sub/../../x"), std::string()}) {
    EXPECT_NE(error_of(external(location, "", ""), model()).find("not in the model's folder"), std::string::npos)
        << location;
  }
}

TEST_F(ExternalWeights, ThatAreMissingAreNamed) {
  EXPECT_THROW(read(external("nowhere.bin", "", ""), model()), IoError);
}

}  // namespace
}  // namespace ohmloop
