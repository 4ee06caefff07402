#include "ohmloop/cli/chip_inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/study/chosen_inputs.hpp"

namespace ohmloop {

namespace {

namespace fs = std::filesystem;

/// A chip's description has a handful of files: more than this is a mistake, such as a home directory.
constexpr std::size_t most_files = 1000;

InputError wrong_folder(const ArgumentText& word, const std::string& problem) {
  return InputError(Diagnostic{Severity::error, fmt::format("'{}' {}", word.text, problem), word.where, {}, {}});
}

std::vector<std::string> yaml_files_below(const ArgumentText& word) {
  std::vector<std::string> paths;
  std::error_code error;
  fs::recursive_directory_iterator entry(word.text, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const std::string ending = entry->path().extension().string();
    if ((ending != ".yaml" && ending != ".yml") || !entry->is_regular_file()) continue;
    paths.push_back(entry->path().string());
    if (paths.size() > most_files) throw wrong_folder(word, fmt::format("holds more than {} YAML files", most_files));
  }
  if (error) throw IoError(fmt::format("cannot read the folder '{}': {}", word.text, error.message()));
  if (paths.empty()) throw wrong_folder(word, "is a folder without YAML files");
  std::sort(paths.begin(), paths.end());
  return paths;
}

ChipFileKind kind_of(const YamlNode& root) {
  const YamlNode* architecture = root.find("architecture");
  if (root.find("ohmloop") != nullptr || (architecture != nullptr && architecture->is_sequence())) {
    return ChipFileKind::native;
  }
  return root.find("action_counts") != nullptr && root.entries.size() == 1 ? ChipFileKind::counts : ChipFileKind::field;
}

class Opener {
 public:
  std::vector<ChipFile> run(const std::vector<ArgumentText>& words) {
    for (const ArgumentText& word : words) {
      std::error_code ignored;
      if (find_preset(word.text) == nullptr && fs::is_directory(word.text, ignored)) {
        for (const std::string& path : yaml_files_below(word)) add(word, path, true);
      } else {
        add(word, word.text, false);
      }
    }
    diagnostics_.throw_if_errors();
    return std::move(files_);
  }

 private:
  void add(const ArgumentText& word, const std::string& path, bool from_folder) {
    std::error_code error;
    const fs::path canonical = fs::canonical(path, error);
    if (!seen_.insert(error ? path : canonical.string()).second) return;
    ChipFile file;
    file.source = open_architecture_source({path, word.where});
    file.root = parse_yaml(file.source, diagnostics_);
    file.kind = kind_of(file.root);
    file.from_folder = from_folder;
    file.argument = word;
    files_.push_back(std::move(file));
  }

  Diagnostics diagnostics_;
  std::set<std::string> seen_;
  std::vector<ChipFile> files_;
};

}  // namespace

std::vector<ChipFile> open_chip_files(const std::vector<ArgumentText>& words) { return Opener().run(words); }

InputFile input_file(const SourceFile& source) { return {source.path, sha256_hex(source.text)}; }

}  // namespace ohmloop
