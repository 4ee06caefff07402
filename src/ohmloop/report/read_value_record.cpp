#include "ohmloop/report/read_value_record.hpp"

#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ohmloop/analog/quantiser.hpp"

namespace ohmloop {
namespace {

using Json = nlohmann::json;

constexpr const char* schema_name = "ohmloop-values/1";
/// Deeper nesting than a record has.
constexpr int max_depth = 16;
/// Counts that still add up exactly as doubles, over all codes that there can be.
constexpr std::uint64_t most_values = std::uint64_t{1} << 52;

/// What an object holds behind a key; null where it is no object or has no such key.
const Json& member(const Json& object, const char* key) {
  static const Json none;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

class RecordReader {
 public:
  RecordReader(const std::string& path, const SourceSpan& where) : path_(path), where_(where) {}

  std::vector<LayerCodes> run(std::string_view text) {
    std::vector<LayerCodes> layers;
    const Json json = parse(text);
    if (json.is_discarded() || !json.is_object()) {
      problem("is no JSON object");
    } else if (member(json, "schema") != schema_name) {
      problem(fmt::format("has not the schema {}", schema_name));
    } else {
      layers = read_layers(json);
    }
    diagnostics_.throw_if_errors();
    return layers;
  }

 private:
  /// Discarded where it is no JSON.
  static Json parse(std::string_view text) {
    bool deep = false;
    const auto shallow = [&](int depth, Json::parse_event_t, Json&) {
      deep = deep || depth > max_depth;
      return !deep;
    };
    Json json = Json::parse(text.begin(), text.end(), shallow, false);
    return deep ? Json(Json::value_t::discarded) : json;
  }

  void problem(const std::string& what) {
    diagnostics_.error(fmt::format("'{}' {}", path_, what), where_,
                       "expected a file that 'ohmloop accuracy --record' wrote");
  }

  std::vector<LayerCodes> read_layers(const Json& json) {
    std::vector<LayerCodes> layers;
    std::set<std::string> names;
    const Json& list = member(json, "layers");
    if (!list.is_array()) problem("has no list 'layers'");
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
      const Json& name = member(list[i], "layer");
      if (!name.is_string()) {
        problem(fmt::format("has no name for layer {}", i + 1));
        continue;
      }
      LayerCodes layer{name.get<std::string>(), std::nullopt, std::nullopt};
      if (!names.insert(layer.name).second) problem(fmt::format("has two layers '{}'", layer.name));
      layer.weights = read_codes(list[i], "weight_codes", layer.name);
      layer.inputs = read_codes(list[i], "input_codes", layer.name);
      if (layer.weights && !layer.weights->is_signed()) {
        problem(fmt::format("has unsigned 'weight_codes' in layer '{}'", layer.name));
      }
      layers.push_back(std::move(layer));
    }
    return layers;
  }

  std::optional<CodeHistogram> read_codes(const Json& layer, const char* key, const std::string& name) {
    const Json& codes = member(layer, key);
    if (codes.is_null()) return std::nullopt;
    const Json& bits = member(codes, "bits");
    const Json& is_signed = member(codes, "signed");
    if (!bits.is_number_integer() || bits < 1 || bits > most_quantised_bits || !is_signed.is_boolean()) {
      problem(
          fmt::format("has no 'bits' of 1 to {} or no 'signed' in '{}' of layer '{}'", most_quantised_bits, key, name));
      return std::nullopt;
    }
    const CodeHistogram empty(bits.get<int>(), is_signed.get<bool>());
    std::optional<std::vector<std::uint64_t>> counts = read_counts(member(codes, "counts"), empty.counts().size());
    if (!counts) {
      problem(fmt::format("has not {} whole 'counts' in '{}' of layer '{}', one per code", empty.counts().size(), key,
                          name));
      return std::nullopt;
    }
    return CodeHistogram(empty.bits(), empty.is_signed(), *std::move(counts));
  }

  static std::optional<std::vector<std::uint64_t>> read_counts(const Json& list, std::size_t size) {
    if (!list.is_array() || list.size() != size) return std::nullopt;
    std::vector<std::uint64_t> counts;
    counts.reserve(size);
    for (const Json& count : list) {
      if (!count.is_number_unsigned() || count.get<std::uint64_t>() > most_values / size) return std::nullopt;
      counts.push_back(count.get<std::uint64_t>());
    }
    return counts;
  }

  const std::string& path_;
  const SourceSpan& where_;
  Diagnostics diagnostics_;
};

}  // namespace

std::vector<LayerCodes> read_value_record(std::string_view text, const std::string& path, const SourceSpan& where) {
  return RecordReader(path, where).run(text);
}

}  // namespace ohmloop
