#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/embedded_file.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace presets {
std::span<const EmbeddedFile> architecture_files();
}  // namespace presets

namespace {

constexpr std::string_view folder = "architectures/";
constexpr std::string_view ending = ".yaml";

std::string_view preset_name(const EmbeddedFile& file) {
  return file.name.substr(folder.size(), file.name.size() - folder.size() - ending.size());
}

/// A word that can only be meant as a name: no folder, no ending.
bool is_bare_name(const std::string& text) { return text.find_first_of("/\\.") == std::string::npos; }

}  // namespace

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : presets::architecture_files()) names.emplace_back(preset_name(file));
  std::sort(names.begin(), names.end());
  return names;
}

SourceFilePtr find_preset(std::string_view name) {
  for (const EmbeddedFile& file : presets::architecture_files()) {
    if (preset_name(file) != name) continue;
    return std::make_shared<const SourceFile>(SourceFile{fmt::format("preset:{}", name), std::string(file.text)});
  }
  return nullptr;
}

SourceFilePtr open_architecture(const std::string& name_or_path) {
  if (SourceFilePtr preset = find_preset(name_or_path)) return preset;
  std::error_code ignored;
  if (is_bare_name(name_or_path) && !std::filesystem::exists(name_or_path, ignored)) {
    const std::vector<std::string> names = preset_names();
    Diagnostics diagnostics;
    diagnostics.error(fmt::format("no preset and no file has the name '{}'", name_or_path), {},
                      did_you_mean(name_or_path, names),
                      {"presets: " + list_names(names), "or give the path of a file"});
    throw InputError(diagnostics.all());
  }
  return read_source_file(name_or_path);
}

}  // namespace ohmloop
