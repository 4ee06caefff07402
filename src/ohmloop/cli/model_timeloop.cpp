#include "ohmloop/cli/model_timeloop.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/cli/chip_inputs.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/report/timeloop_report.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/timeloop/reading/map_text.hpp"
#include "ohmloop/timeloop/reading/read_spec.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

namespace ohmloop {

namespace {

enum class Language { ours, timeloop, tables, either };

Language language_of(const SourceFilePtr& source) {
  if (timeloop::is_printed_mapping(*source)) return Language::timeloop;
  Diagnostics ignored;
  YamlNode root = parse_yaml(source, ignored);
  const YamlNode* architecture = root.find("architecture");
  const bool is_ours = root.find("ohmloop") != nullptr || root.find("layer") != nullptr ||
                       (architecture != nullptr && architecture->is_sequence());
  const bool has_tables = root.find("ERT") != nullptr || root.find("ART") != nullptr;
  std::erase_if(root.entries, [](const YamlEntry& entry) { return entry.key == "ERT" || entry.key == "ART"; });
  if (!is_ours && timeloop::looks_like_timeloop(root)) return Language::timeloop;
  if (is_ours) return Language::ours;
  return has_tables ? Language::tables : Language::either;
}

/// Sorts the words of a command line by whose files they name.
class FileSorter {
 public:
  std::vector<SourceFilePtr> run(const std::vector<ArgumentText>& words) {
    for (const ArgumentText& word : words) {
      std::error_code ignored;
      if (std::filesystem::is_directory(word.text, ignored)) {
        for (const ChipFile& file : open_chip_files({word})) add(word, file.source);
      } else if (means_file(word.text)) {
        require_file(word);
        add(word, read_source_file(word.text));
      } else {
        note(ours_, word);
      }
    }
    if (timeloops_ && ours_) throw mixed();
    const bool tables_alone = has_tables_ && !ours_;
    return timeloops_ || tables_alone ? files_ : std::vector<SourceFilePtr>{};
  }

 private:
  void add(const ArgumentText& word, const SourceFilePtr& source) {
    files_.push_back(source);
    const Language language = language_of(source);
    if (language == Language::ours) note(ours_, {source->path, word.where});
    if (language == Language::timeloop) note(timeloops_, {source->path, word.where});
    has_tables_ = has_tables_ || language == Language::tables;
  }

  static void note(std::optional<ArgumentText>& first, const ArgumentText& word) {
    if (!first) first = word;
  }

  [[nodiscard]] InputError mixed() const {
    return InputError(
        Diagnostic{Severity::error,
                   fmt::format("'{}' is a file of Timeloop's, but '{}' is not", timeloops_->text, ours_->text),
                   ours_->where,
                   {},
                   {"'ohmloop convert' writes Timeloop's files as our own; ERT and ART may stand beside those"}});
  }

  std::vector<SourceFilePtr> files_;
  std::optional<ArgumentText> ours_;
  std::optional<ArgumentText> timeloops_;
  bool has_tables_ = false;
};

std::string file_stem(const SourceFilePtr& file) { return std::filesystem::path(file->path).stem().string(); }

/// The name of the outermost container of a description, if it has one.
std::string container_name(const YamlNode& node) {
  for (const char* key : {"nodes", "subtree"}) {
    const YamlNode* inner = node.find(key);
    if (inner == nullptr || inner->items.empty()) continue;
    const YamlNode& first = inner->items.front();
    const YamlNode* name = first.find("name");
    const bool is_container = name != nullptr && name->is_scalar() && first.find("class") == nullptr;
    return is_container ? name->scalar : container_name(first);
  }
  return {};
}

std::string shape_name(const YamlNode& problem) {
  const YamlNode* shape = problem.find("shape");
  if (shape == nullptr) return {};
  const YamlNode* name = shape->is_scalar() ? shape : shape->find("name");
  return name != nullptr && name->is_scalar() ? name->scalar : "";
}

timeloop::NativeDescription native_of(const timeloop::TimeloopSpec& spec, Diagnostics& diagnostics) {
  std::optional<timeloop::NativeDescription> native = timeloop::to_native(spec, diagnostics);
  diagnostics.throw_if_errors();
  return *std::move(native);
}

SourceFilePtr converted(const char* name, const std::string& text) {
  return std::make_shared<const SourceFile>(SourceFile{fmt::format("converted {}", name), text});
}

}  // namespace

std::vector<SourceFilePtr> find_timeloop_files(const std::vector<ArgumentText>& words) {
  return FileSorter().run(words);
}

TimeloopNames names_in_timeloop_files(const std::vector<SourceFilePtr>& files) {
  TimeloopNames names;
  for (const SourceFilePtr& file : files) {
    if (timeloop::is_printed_mapping(*file)) continue;
    Diagnostics ignored;
    const YamlNode root = parse_yaml(file, ignored);
    if (const YamlNode* architecture = root.find("architecture")) {
      names.architecture = container_name(*architecture);
      if (names.architecture.empty()) names.architecture = file_stem(file);
    }
    if (const YamlNode* problem = root.find("problem")) {
      names.layer = shape_name(*problem);
      if (names.layer.empty()) names.layer = file_stem(file);
    }
  }
  return names;
}

std::vector<InputFile> hashes_of(const std::vector<SourceFilePtr>& files) {
  std::vector<InputFile> hashes;
  hashes.reserve(files.size());
  for (const SourceFilePtr& file : files) hashes.push_back({file->path, sha256_hex(file->text)});
  return hashes;
}

void refuse_options_of_ours(const ParsedArguments& arguments, std::vector<const char*> options,
                            Diagnostics& diagnostics) {
  for (const char* option : estimator_option_names()) options.push_back(option);
  for (const char* option : options) {
    if (!arguments.has(option)) continue;
    diagnostics.error(fmt::format("option '--{}' means nothing for Timeloop's files", option),
                      arguments.values(option).front().where);
  }
}

timeloop::TimeloopSpec read_timeloop_files(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics) {
  timeloop::TimeloopSpec spec = timeloop::read_timeloop_spec(files, diagnostics);
  diagnostics.throw_if_errors();
  return spec;
}

ModelReport evaluate_timeloop_files(const std::vector<SourceFilePtr>& files, const ArgumentText& first_word) {
  Diagnostics diagnostics;
  const timeloop::TimeloopSpec spec = read_timeloop_files(files, diagnostics);
  const std::optional<timeloop::Nest> nest = timeloop::to_nest(spec, diagnostics, timeloop::nest_options_of(spec));
  diagnostics.throw_if_errors();
  const SourceSpan where = spec.mapping_where.empty() ? first_word.where : spec.mapping_where;
  for (std::string& problem : timeloop::check_nest(*nest, spec.counting)) diagnostics.error(std::move(problem), where);
  diagnostics.throw_if_errors();
  ModelReport report = timeloop_report(*nest, timeloop::evaluate(*nest, spec.counting));
  report.inputs = hashes_of(files);
  report.warnings = diagnostics.warnings();
  return report;
}

timeloop::NativeDescription convert_timeloop_files(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics) {
  return native_of(read_timeloop_files(files, diagnostics), diagnostics);
}

std::vector<SourceFilePtr> texts_of(const timeloop::NativeDescription& native) {
  std::vector<SourceFilePtr> texts = {converted("architecture.yaml", native.architecture),
                                      converted("layer.yaml", native.layer)};
  if (native.mapping) texts.push_back(converted("mapping.yaml", *native.mapping));
  return texts;
}

std::vector<SourceFilePtr> files_with_tables(const std::vector<SourceFilePtr>& files) {
  std::vector<SourceFilePtr> tables;
  for (const SourceFilePtr& file : files) {
    if (timeloop::is_printed_mapping(*file)) continue;
    Diagnostics ignored;
    const YamlNode root = parse_yaml(file, ignored);
    if (root.find("ERT") != nullptr || root.find("ART") != nullptr) tables.push_back(file);
  }
  return tables;
}

ModelInputs read_timeloop_files_exactly(const std::vector<SourceFilePtr>& files, const ArgumentText& first_word) {
  Diagnostics diagnostics;
  timeloop::TimeloopSpec spec = read_timeloop_files(files, diagnostics);
  if (!spec.mapping) diagnostics.error("the files have no `mapping`", first_word.where);
  // They are charged below: nothing of them is lost.
  spec.ert.reset();
  spec.art.reset();
  const timeloop::NativeDescription native = native_of(spec, diagnostics);
  ModelInputs inputs = read_model_texts(texts_of(native), files_with_tables(files));
  inputs.files = hashes_of(files);
  std::vector<Diagnostic> warnings = diagnostics.warnings();
  warnings.insert(warnings.end(), inputs.warnings.begin(), inputs.warnings.end());
  inputs.warnings = std::move(warnings);
  return inputs;
}

}  // namespace ohmloop
