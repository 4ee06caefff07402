#include "ohmloop/accuracy/data/read_data_description.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/description_keys.hpp"
#include "ohmloop/accuracy/data/read_image_files.hpp"
#include "ohmloop/accuracy/data/read_preprocessing.hpp"
#include "ohmloop/text/map_reader.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::int64_t most_classes = 1'000'000;
constexpr std::int64_t most_images = 1'000'000'000;

void read_version(MapReader& keys, Diagnostics& diagnostics) {
  if (keys.required_node("ohmloop-data") == nullptr) return;
  const auto version = keys.integer("ohmloop-data", dimension::none, 0);
  if (!version || *version == format_version) return;
  diagnostics.error(fmt::format("version {} of the format is not known", *version), keys.node("ohmloop-data")->span,
                    fmt::format("this program reads version {}", format_version));
}

void read_values(MapReader& keys, DataDescription& description) {
  description.description = keys.text("description").value_or("");
  description.package = keys.text("package").value_or("");
  if (keys.choice("layout", layout_names()) == "nhwc") description.layout = SampleLayout::nhwc;
  description.classes = keys.integer("classes", dimension::none, 1, most_classes);
  description.classes_where = keys.key_span("classes");
  description.label_offset = keys.integer("label_offset", dimension::none, -most_classes, most_classes).value_or(0);
  if (const auto limit = keys.integer("limit", dimension::none, 1, most_images)) {
    description.limit = static_cast<std::size_t>(*limit);
  }
  description.limit_where = keys.key_span("limit");
}

}  // namespace

DataDescription read_data_description(const SourceFilePtr& source) {
  Diagnostics diagnostics;
  const YamlNode root = parse_yaml(source, diagnostics);
  diagnostics.throw_if_errors();

  DataDescription description;
  description.source = source;
  EmptyScope scope;
  MapReader keys(root, "the data set", scope, diagnostics);
  read_version(keys, diagnostics);
  description.name = keys.text("name").value_or(std::filesystem::path(source->path).stem().string());
  read_values(keys, description);
  if (const YamlNode* files = keys.required_node("source")) {
    if (auto found = read_image_files(*files, diagnostics)) description.files = std::move(*found);
    description.files_where = keys.key_span("source");
  }
  if (const YamlNode* steps = keys.node("preprocessing")) {
    description.preprocessing = read_preprocessing(*steps, diagnostics);
  }
  keys.finish();
  diagnostics.throw_if_errors();
  return description;
}

}  // namespace ohmloop
