#include "ohmloop/report/read_value_record.hpp"

#include <gtest/gtest.h>

#include "ohmloop/report/value_record.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {
namespace {

std::vector<LayerCodes> read(const std::string& text) { return read_value_record(text, "r.json", {}); }

std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return render(error.diagnostics());
  }
  return "no error";
}

std::string with_codes(const std::string& codes) {
  return R"({"schema": "ohmloop-values/1", "layers": [{"layer": "a", "weight_codes": )" + codes + "}]}";
}

TEST(ReadValueRecord, GivesBackWhatWasWritten) {
  ValueRecord record;
  record.layers.resize(2);
  record.layers[0].name = "conv";
  record.layers[0].weight_codes = CodeHistogram(3, true);
  record.layers[0].weight_codes.observe(std::vector<std::int16_t>{-3, 0, 2, 2});
  record.layers[0].input_codes = CodeHistogram(2, false);
  record.layers[0].input_codes.observe(std::vector<std::int16_t>{3, 1});
  record.layers[1].name = "fc";
  const std::vector<LayerCodes> layers = read(value_record_json(record));
  ASSERT_EQ(layers.size(), 2U);
  EXPECT_EQ(layers[0].name, "conv");
  EXPECT_EQ(layers[0].weights, record.layers[0].weight_codes);
  EXPECT_EQ(layers[0].inputs, record.layers[0].input_codes);
  EXPECT_EQ(layers[1].inputs, record.layers[1].input_codes);
}

TEST(ReadValueRecord, LayersMayLackCodes) {
  const auto layers = read(R"({"schema": "ohmloop-values/1", "layers": [{"layer": "a"}]})");
  ASSERT_EQ(layers.size(), 1U);
  EXPECT_FALSE(layers[0].weights.has_value());
}

TEST(ReadValueRecord, RefusesWhatIsNone) {
  EXPECT_NE(error_of("{").find("'r.json' is no JSON object"), std::string::npos);
  EXPECT_NE(error_of("[]").find("is no JSON object"), std::string::npos);
  EXPECT_NE(error_of(std::string(100'000, '[')).find("is no JSON object"), std::string::npos);
  EXPECT_NE(error_of("{}").find("has not the schema ohmloop-values/1"), std::string::npos);
  EXPECT_NE(error_of(R"({"schema": "ohmloop-values/1"})").find("has no list 'layers'"), std::string::npos);
  EXPECT_NE(error_of(R"({"schema": "ohmloop-values/1", "layers": [3]})").find("no name for layer 1"),
            std::string::npos);
  EXPECT_NE(
      error_of(R"({"schema": "ohmloop-values/1", "layers": [{"layer": "a"}, {"layer": "a"}]})").find("two layers 'a'"),
      std::string::npos);
}

TEST(ReadValueRecord, RefusesCodesThatDoNotFit) {
  EXPECT_NE(error_of(with_codes("7")).find("no 'bits' of 1 to 16"), std::string::npos);
  EXPECT_NE(error_of(with_codes(R"({"bits": 17, "signed": true, "counts": []})")).find("no 'bits' of 1 to 16"),
            std::string::npos);
  for (const char* counts : {"[1, 2]", "[1, -2, 3]", "[1, 2.5, 3]", "[1, 2, 18446744073709551615]", "{}"}) {
    const std::string codes = std::string(R"({"bits": 2, "signed": true, "counts": )") + counts + "}";
    EXPECT_NE(error_of(with_codes(codes)).find("has not 3 whole 'counts' in 'weight_codes' of layer 'a'"),
              std::string::npos)
        << counts;
  }
  EXPECT_NE(error_of(with_codes(R"({"bits": 1, "signed": false, "counts": [1, 2]})")).find("unsigned 'weight_codes'"),
            std::string::npos);
}

}  // namespace
}  // namespace ohmloop
