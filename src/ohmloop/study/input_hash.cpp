#include "ohmloop/study/input_hash.hpp"

#include <algorithm>
#include <bit>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/arch/overrides.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/energy/user_tables.hpp"
#include "ohmloop/study/study_tree.hpp"

namespace ohmloop {

namespace {

/// A text in which every piece can be told from its neighbours.
class Pieces {
 public:
  void add(std::string_view piece) { text_ += fmt::format("{}:{},", piece.size(), piece); }
  void add(std::int64_t number) { text_ += fmt::format("{},", number); }
  /// All bits of it.
  void add(double number) { text_ += fmt::format("{:x},", std::bit_cast<std::uint64_t>(number)); }
  template <class T>
  void add(const std::vector<T>& numbers) {
    add(static_cast<std::int64_t>(numbers.size()));
    for (const T& each : numbers) add(static_cast<std::int64_t>(each));
  }

  [[nodiscard]] std::string checksum() const { return sha256_hex(text_); }

 private:
  std::string text_;
};

/// The files of tables, wherever the name may lead.
void add_tables(const YamlNode& root, const SourceFile& source, Pieces& pieces) {
  const YamlNode* tables = root.find("tables");
  if (tables == nullptr) return;
  std::vector<std::string> names = {tables->scalar};
  for (const YamlNode& item : tables->items) names.push_back(item.scalar);
  for (const std::string& name : names) {
    if (!names_table_file(name)) continue;
    const std::filesystem::path beside = std::filesystem::path(source.path).parent_path() / name;
    for (const std::string& path : {beside.string(), name}) {
      std::error_code ignored;
      if (!std::filesystem::is_regular_file(path, ignored)) continue;
      try {
        pieces.add(read_source_file(path)->text);
      } catch (const InputError&) {
        pieces.add(path);
      }
    }
  }
}

void add_shape(const LayerShape& shape, Pieces& pieces) {
  // A letter that joins the shape must join the checksum.
  static_assert(sizeof(LayerShape) == 17 * sizeof(std::int64_t));
  for (const std::int64_t each :
       {shape.N, shape.M, shape.C, shape.H, shape.W, shape.R, shape.S, shape.E, shape.F, shape.G, shape.stride_height,
        shape.stride_width, shape.dilation_height, shape.dilation_width, shape.pad_top, shape.pad_left}) {
    pieces.add(each);
  }
  pieces.add(std::int64_t{shape.weight_is_activation});
}

}  // namespace

std::string description_checksum(const SourceFilePtr& source) {
  Diagnostics diagnostics;
  const YamlNode root = parse_yaml(source, diagnostics);
  Pieces pieces;
  pieces.add(canonical_text(root));
  add_tables(root, *source, pieces);
  return pieces.checksum();
}

std::string chip_checksum(const std::string& description, const SourceFilePtr& source,
                          const std::vector<PlacedText>& overrides) {
  Pieces pieces;
  pieces.add(description);
  std::vector<Override> changes;
  bool names_tables = false;
  for (const PlacedText& one : overrides) {
    changes.push_back(parse_override(one.text));
    names_tables = names_tables || changes.back().path.starts_with("tables");
    pieces.add(one.text);
  }
  if (names_tables) {
    Diagnostics diagnostics;
    YamlNode root = parse_yaml(source, diagnostics);
    apply_overrides(root, changes, diagnostics);
    add_tables(root, *source, pieces);
  }
  return pieces.checksum();
}

std::string network_checksum(const Network& network) {
  Pieces pieces;
  pieces.add(network.input_dims);
  for (const NetworkNode& node : network.nodes) {
    pieces.add(node.name);
    pieces.add(node.operation);
    pieces.add(std::int64_t{node.shape.has_value()});
    if (node.shape) add_shape(*node.shape, pieces);
    pieces.add(node.inputs);
    pieces.add(node.output_dims);
    pieces.add(node.parameters);
    pieces.add(std::int64_t{node.supported});
  }
  return pieces.checksum();
}

std::string cost_key(const std::string& chip, const std::string& network, const MapperOptions& mapper) {
  Pieces pieces;
  pieces.add("cost");
  pieces.add(chip);
  pieces.add(network);
  pieces.add(mapper.objective.energy_exponent);
  pieces.add(mapper.objective.latency_exponent);
  pieces.add(mapper.objective.latency_below.value_or(-1));
  pieces.add(std::int64_t{mapper.imperfect});
  pieces.add(mapper.max_evaluations);
  return pieces.checksum();
}

std::string images_checksum(const DataSet& data, const std::string& description) {
  constexpr std::size_t looked_at = 32;
  Pieces pieces;
  pieces.add(description);
  pieces.add(data.decoder());
  pieces.add(data.preprocessing());
  pieces.add(data.sample_dims());
  pieces.add(data.classes().value_or(-1));
  pieces.add(static_cast<std::int64_t>(data.size()));
  for (std::size_t i = 0; i < data.size(); ++i) pieces.add(data.label(i));
  std::vector<float> sample(data.sample_size());
  const std::size_t step = std::max<std::size_t>(1, data.size() / looked_at);
  for (std::size_t i = 0; i < data.size(); i += step) {
    try {
      data.load(i, sample);
      pieces.add(sha256_hex({reinterpret_cast<const char*>(sample.data()), sample.size() * sizeof(float)}));
    } catch (const ImageError&) {
      pieces.add("damaged");
    }
  }
  return pieces.checksum();
}

std::string accuracy_key(const std::string& network_file, const std::string& images, const AccuracySettings& settings) {
  const double amplitude = settings.noise_amplitudes.front();
  Pieces pieces;
  pieces.add("accuracy");
  pieces.add(network_file);
  pieces.add(images);
  // Without noise nothing is drawn: its kind and seeds change nothing.
  pieces.add(amplitude);
  if (amplitude != 0) {
    pieces.add(static_cast<std::int64_t>(settings.noise.kind));
    pieces.add(static_cast<std::int64_t>(settings.noise.maximum));
    pieces.add(settings.seeds);
  }
  pieces.add(static_cast<std::int64_t>(settings.noise.place));
  pieces.add(std::int64_t{settings.weight_bits.front().value_or(0)});
  pieces.add(std::int64_t{settings.activation_bits.front().value_or(0)});
  pieces.add(std::int64_t{settings.precision.weights_per_channel});
  pieces.add(static_cast<std::int64_t>(settings.precision.weight_rule));
  pieces.add(static_cast<std::int64_t>(settings.precision.activation_rule));
  pieces.add(std::int64_t{settings.layers.skip_first});
  pieces.add(std::int64_t{settings.layers.skip_last});
  pieces.add(settings.images ? static_cast<std::int64_t>(*settings.images) : -1);
  pieces.add(settings.batch);
  pieces.add(static_cast<std::int64_t>(settings.calibration_images));
  return pieces.checksum();
}

}  // namespace ohmloop
