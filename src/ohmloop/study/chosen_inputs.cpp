#include "ohmloop/study/chosen_inputs.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "ohmloop/base/sha256.hpp"
#include "ohmloop/energy/component_names.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/workload/onnx/mapped_file.hpp"
#include "ohmloop/workload/onnx_reader.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {

namespace {

namespace fs = std::filesystem;

/// The place of a word, together with what the sentence says about it.
InputError wrong_argument(const PlacedText& argument, std::string message, std::string label = {},
                          std::vector<std::string> notes = {}) {
  return InputError(
      Diagnostic{Severity::error, std::move(message), argument.where, std::move(label), std::move(notes)});
}

/// "did you mean 'my-chip.yaml'?" of the files in the same folder.
std::string similar_file(const fs::path& path) {
  constexpr std::size_t most_files = 1000;
  std::vector<std::string> names;
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end && names.size() < most_files;
       entry.increment(error)) {
    names.push_back((path.parent_path() / entry->path().filename()).string());
  }
  std::sort(names.begin(), names.end());
  return did_you_mean(path.string(), names);
}

InputError unknown_name(const PlacedText& name, const std::string& what, const std::vector<std::string>& known,
                        std::string more) {
  return wrong_argument(name, fmt::format("unknown {} '{}'", what, name.text), did_you_mean(name.text, known),
                        {fmt::format("known: {}", list_names(known)), std::move(more)});
}

}  // namespace

bool means_file(const std::string& word) {
  std::error_code ignored;
  return word.find('/') != std::string::npos || word.ends_with(".onnx") || word.ends_with(".yaml") ||
         word.ends_with(".yml") || fs::exists(word, ignored);
}

void require_file(const PlacedText& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path.text, error);
  if (status.type() == fs::file_type::not_found) {
    throw wrong_argument(path, fmt::format("there is no file '{}'", path.text), similar_file(path.text));
  }
  if (status.type() == fs::file_type::directory) {
    throw wrong_argument(path, fmt::format("'{}' is a directory, not a file", path.text));
  }
}

bool is_onnx_file(const std::string& path) {
  if (path.ends_with(".onnx")) return true;
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const int first = file.get();
  if (!file && !file.eof()) throw IoError(fmt::format("cannot read '{}': {}", path, std::strerror(errno)));
  // Field 1 of ModelProto, ir_version, as a varint.
  constexpr int onnx_first_byte = 0x08;
  return first == onnx_first_byte;
}

NetworkInput open_onnx_file(const std::string& path, std::int64_t batch) {
  const OnnxOptions options{.batch = batch};
  const MappedFile file(path, options.max_bytes);
  return {read_onnx_bytes(file.bytes(), path, options), InputFile{path, sha256_hex(file.bytes())}};
}

NetworkInput open_network(const PlacedText& name, std::int64_t batch) {
  if (const ZooEntry* entry = find_zoo_entry(name.text)) return {entry->build(batch), std::nullopt};
  if (!means_file(name.text)) {
    throw unknown_name(name, "network", zoo_names(), "or the path of an .onnx file");
  }
  require_file(name);
  return open_onnx_file(name.text, batch);
}

SourceFilePtr open_architecture_source(const PlacedText& name) {
  if (SourceFilePtr preset = find_preset(name.text)) return preset;
  if (!means_file(name.text)) {
    throw unknown_name(name, "architecture", preset_names(), "or the path of a YAML file");
  }
  require_file(name);
  return read_source_file(name.text);
}

Architecture read_architecture_text(const SourceFilePtr& source, const std::vector<PlacedText>& overrides,
                                    const Registry& registry, Diagnostics& diagnostics) {
  std::vector<Override> parsed;
  for (const PlacedText& one : overrides) parsed.push_back(parse_override(one.text));
  Diagnostics found;
  std::optional<Architecture> architecture = read_what_is_there(source, parsed, found);
  if (found.has_errors() && architecture) check_component_names(*architecture, registry, found);
  found.throw_if_errors();
  for (const Diagnostic& each : found.all()) diagnostics.warning(each.message, each.where, each.label, each.notes);
  return *std::move(architecture);
}

EstimatedArchitecture estimate_architecture(const SourceFilePtr& source, const std::vector<PlacedText>& overrides,
                                            const Registry& registry, Diagnostics& diagnostics) {
  Architecture architecture = read_architecture_text(source, overrides, registry, diagnostics);
  Diagnostics found;
  ReferenceTables tables = estimate_reference_tables(architecture, registry, found);
  for (const Diagnostic& each : found.all()) diagnostics.warning(each.message, each.where, each.label, each.notes);
  return {std::move(architecture), std::move(tables)};
}

ArchitectureInput open_architecture_input(const PlacedText& name, const std::vector<PlacedText>& overrides,
                                          const Registry& registry, Diagnostics& diagnostics) {
  const SourceFilePtr source = open_architecture_source(name);
  EstimatedArchitecture chip = estimate_architecture(source, overrides, registry, diagnostics);
  return {std::move(chip.architecture), std::move(chip.tables), {source->path, sha256_hex(source->text)}};
}

}  // namespace ohmloop
