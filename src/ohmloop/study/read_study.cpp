#include "ohmloop/study/read_study.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/base/sha256.hpp"
#include "ohmloop/study/read_figures.hpp"
#include "ohmloop/study/read_part.hpp"
#include "ohmloop/study/study_tree.hpp"
#include "ohmloop/study/sweep_axes.hpp"
#include "ohmloop/text/map_reader.hpp"

namespace ohmloop {

namespace {

constexpr std::int64_t format_version = 1;

void read_version(MapReader& keys, Diagnostics& diagnostics) {
  if (keys.required_node("ohmloop-study") == nullptr) return;
  const auto version = keys.integer("ohmloop-study", dimension::none, 0);
  if (!version || *version == format_version) return;
  diagnostics.error(fmt::format("version {} of the format is not known", *version), keys.node("ohmloop-study")->span,
                    fmt::format("this program reads version {}", format_version));
}

void check_names(const std::vector<StudyPart>& parts, bool named, Diagnostics& diagnostics) {
  for (std::size_t i = 0; named && i < parts.size(); ++i) {
    if (parts[i].name.empty()) diagnostics.error("a part without a name", parts[i].where);
    for (std::size_t other = 0; other < i; ++other) {
      if (!parts[i].name.empty() && parts[other].name == parts[i].name) {
        diagnostics.error(fmt::format("two parts have the name '{}'", parts[i].name), parts[i].where);
      }
    }
  }
}

/// The folder's name for studies/noise-depth/study.yaml, else the file's.
std::string name_of_file(const std::string& path) {
  const std::filesystem::path file(path);
  const std::string stem = file.stem().string();
  return stem == "study" && file.has_parent_path() ? file.parent_path().filename().string() : stem;
}

Study read_tree(const YamlNode& root, const SourceFilePtr& source, bool quick, Diagnostics& diagnostics) {
  Study study;
  study.quick = quick;
  study.source = source;
  EmptyScope scope;
  MapReader keys(root, "the study", scope, diagnostics);
  read_version(keys, diagnostics);
  study.name = keys.text("name").value_or(name_of_file(source->path));
  study.question = keys.text("question").value_or("");
  for (const std::string& key : part_keys()) keys.mark_known(key);
  const bool named = keys.has("parts");
  const YamlNode* figures = keys.node("figures");
  keys.finish();
  if (study.name.empty() || study.name.find_first_of("/\\") != std::string::npos || study.name.starts_with('.')) {
    diagnostics.error(fmt::format("'{}' can't be a study's name", study.name), keys.key_span("name"),
                      "it names a folder");
  }
  for (const YamlNode& part : part_trees(root, diagnostics)) study.parts.push_back(read_part(part, named, diagnostics));
  check_names(study.parts, named, diagnostics);
  if (figures != nullptr) study.figures = read_figures(*figures, study.parts, diagnostics, {.quick = quick});
  study.identity = sha256_hex(canonical_text(root, {"question", "metrics", "figures", "quick"}));
  return study;
}

}  // namespace

Study read_study(const SourceFilePtr& source, const StudyReadOptions& options) {
  Diagnostics diagnostics;
  // Parts copy what they inherit.
  const YamlNode root = parse_yaml(source, diagnostics, {.max_depth = 16, .max_nodes = 20'000});
  diagnostics.throw_if_errors();
  if (!root.is_map()) {
    diagnostics.error(fmt::format("expected a map, found {}", kind_name(root)), root.span, "as in docs/studies.md");
    diagnostics.throw_if_errors();
  }
  Study full = read_tree(root, source, false, diagnostics);
  // The other values are read, too: who tries the quick ones wants to hear of everything before the long run.
  Diagnostics of_quick;
  Study quick = read_tree(quick_tree(root, of_quick), source, true, of_quick);
  std::vector<Diagnostic> all = diagnostics.all();
  for (const Diagnostic& each : of_quick.all()) {
    if (!is_among(each, all)) all.push_back(each);
  }
  const bool wrong =
      std::any_of(all.begin(), all.end(), [](const Diagnostic& one) { return one.severity == Severity::error; });
  if (wrong) throw InputError(std::move(all));
  return options.quick ? quick : full;
}

}  // namespace ohmloop
