#include "ohmloop/study/built_in_studies.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "ohmloop/base/embedded_file.hpp"

namespace ohmloop {
namespace studies {
std::span<const EmbeddedFile> study_files();
}  // namespace studies

namespace {

/// "noise-depth/study.yaml"
std::string_view name_of(const EmbeddedFile& file) { return file.name.substr(0, file.name.find('/')); }

}  // namespace

std::vector<std::string> built_in_study_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : studies::study_files()) names.emplace_back(name_of(file));
  std::sort(names.begin(), names.end());
  return names;
}

SourceFilePtr find_built_in_study(std::string_view name) {
  for (const EmbeddedFile& file : studies::study_files()) {
    if (name_of(file) != name) continue;
    return std::make_shared<const SourceFile>(SourceFile{fmt::format("study:{}", name), std::string(file.text)});
  }
  return nullptr;
}

}  // namespace ohmloop
