#include "ohmloop/cli/model_inputs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/accelergy/given_node_tables.hpp"
#include "ohmloop/arch/lower.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {

namespace {

/// Reads word after word and collects the errors of all of them.
class ModelInputReader {
 public:
  ModelInputReader() = default;
  ModelInputReader(const ParsedArguments& arguments, MappingNeed need)
      : arguments_(arguments),
        need_(need),
        overrides_(arguments.values("set")),
        batch_(arguments.number("batch").value_or(1)) {}

  ModelInputs read(const std::vector<ArgumentText>& words) {
    for (const ArgumentText& word : words) attempt([&] { sort(word); });
    return read_sorted(words.back().where);
  }

  ModelInputs read(const std::vector<SourceFilePtr>& texts, const std::vector<SourceFilePtr>& tables) {
    for (const SourceFilePtr& text : texts) attempt([&] { sort_file({text->path, span_at(text, 0)}, text); });
    for (const SourceFilePtr& file : tables) attempt([&] { take_tables(parse(file)); });
    ModelInputs result = read_sorted(span_at(texts.front(), 0));
    result.files.clear();
    return result;
  }

 private:
  ModelInputs read_sorted(const SourceSpan& where) {
    // What one word should have been is only worth saying where all are understood.
    if (errors_.empty()) require_all(where);
    if (architecture_) attempt([&] { read_architecture(); });
    if (layer_node_) attempt([&] { read_layer_node(); });
    throw_errors();
    if (need_ == MappingNeed::given) {
      attempt([&] { read_mapping_node(); });
    } else {
      leave_mapping_out();
    }
    throw_errors();
    result_.warnings = diagnostics_.warnings();
    return std::move(result_);
  }

  template <class Step>
  void attempt(const Step& step) {
    try {
      step();
    } catch (const InputError& error) {
      errors_.insert(errors_.end(), error.diagnostics().begin(), error.diagnostics().end());
    }
  }

  void throw_errors() {
    if (!errors_.empty()) throw InputError(std::move(errors_));
  }

  [[noreturn]] static void refuse(const ArgumentText& word, std::string message, std::string label = {},
                                  std::vector<std::string> notes = {}) {
    throw InputError(Diagnostic{Severity::error, std::move(message), word.where, std::move(label), std::move(notes)});
  }

  /// Finds out what a word is.
  void sort(const ArgumentText& word) {
    const std::size_t colon = word.text.find(':');
    if (!means_file(word.text)) {
      if (SourceFilePtr preset = find_preset(word.text)) return take_architecture(word, std::move(preset));
      if (colon != std::string::npos) return take_zoo_layer(word, colon);
      const std::vector<std::string> names = preset_names();
      refuse(word, fmt::format("there is no file and no preset '{}'", word.text), did_you_mean(word.text, names),
             {fmt::format("presets: {}", list_names(names)), "a layer of the zoo is written as resnet18:conv1"});
    }
    require_file(word);
    sort_file(word, read_source_file(word.text));
  }

  static YamlNode parse(const SourceFilePtr& source) {
    Diagnostics found;
    YamlNode root = parse_yaml(source, found);
    found.throw_if_errors();
    return root;
  }

  void sort_file(const ArgumentText& word, const SourceFilePtr& source) {
    YamlNode root = parse(source);
    if (root.find("architecture") != nullptr) return take_architecture(word, source);
    result_.files.push_back({source->path, sha256_hex(source->text)});
    if (root.find("ERT") != nullptr || root.find("ART") != nullptr) {
      check_keys(root, {"ERT", "ART"}, "a reference table");
      return take_tables(root);
    }
    bool known = false;
    for (YamlEntry& entry : root.entries) {
      if (entry.key == "layer") {
        take(layer_node_, std::move(entry.value), entry.key_span, "layer");
        known = true;
      } else if (entry.key == "mapping") {
        take(mapping_node_, std::move(entry.value), entry.key_span, "mapping");
        known = true;
      }
    }
    if (known) return check_keys(root, {"layer", "mapping"}, "a layer or mapping");
    refuse(word, fmt::format("'{}' is no architecture, layer or mapping", word.text), {},
           {"an architecture has the key 'architecture', a layer 'layer', a mapping 'mapping'"});
  }

  static void check_keys(const YamlNode& root, const std::vector<std::string>& known, const char* beside) {
    Diagnostics found;
    for (const YamlEntry& entry : root.entries) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      found.error(fmt::format("unknown key '{}' beside {}", entry.key, beside), entry.key_span,
                  did_you_mean(entry.key, known));
    }
    found.throw_if_errors();
  }

  void take_tables(const YamlNode& root) {
    Diagnostics found;
    if (const YamlNode* ert = root.find("ERT")) given_.add_energies(*ert, found);
    if (const YamlNode* art = root.find("ART")) given_.add_areas(*art, found);
    found.throw_if_errors();
  }

  static void take(std::optional<YamlNode>& place, YamlNode node, const SourceSpan& where, const char* what) {
    if (place) {
      throw InputError(Diagnostic{Severity::error,
                                  fmt::format("a second {}", what),
                                  where,
                                  fmt::format("the first is at {}", to_string(place->span)),
                                  {}});
    }
    place = std::move(node);
  }

  void take_architecture(const ArgumentText& word, SourceFilePtr source) {
    if (architecture_) refuse(word, "a second architecture", fmt::format("the first is '{}'", architecture_word_));
    architecture_word_ = word.text;
    architecture_ = std::move(source);
  }

  void take_zoo_layer(const ArgumentText& word, std::size_t colon) {
    const std::string network_name = word.text.substr(0, colon);
    const std::string layer_name = word.text.substr(colon + 1);
    const ZooEntry* entry = find_zoo_entry(network_name);
    if (entry == nullptr) {
      refuse(word, fmt::format("unknown network '{}'", network_name), did_you_mean(network_name, zoo_names()),
             {fmt::format("networks: {}", list_names(zoo_names()))});
    }
    if (layer_node_ || has_zoo_layer_) refuse(word, "a second layer");
    std::vector<std::string> names;
    const Network network = entry->build(batch_);
    for (const NetworkNode& node : network.nodes) {
      if (!node.shape) continue;
      names.push_back(node.name);
      if (node.name != layer_name) continue;
      result_.layer = {node.name, *node.shape};
      has_zoo_layer_ = true;
    }
    if (has_zoo_layer_) return;
    refuse(word, fmt::format("'{}' has no layer '{}'", network_name, layer_name), did_you_mean(layer_name, names),
           {fmt::format("'ohmloop show {}' lists its layers", network_name)});
  }

  void require_all(const SourceSpan& where) {
    const auto missing = [&](const char* what, const char* how) {
      errors_.push_back({Severity::error, fmt::format("none of the arguments is {}", what), where, {}, {how}});
    };
    if (!architecture_) missing("an architecture", "a file with the key 'architecture', or a preset as in 'eyeriss'");
    if (!layer_node_ && !has_zoo_layer_) {
      missing("a layer", "a file with the key 'layer', or a layer of the zoo as in 'resnet18:conv1'");
    }
    if (!mapping_node_ && need_ == MappingNeed::given) {
      missing("a mapping", "a file with the key 'mapping', as 'ohmloop run ... -o DIR' writes them to DIR/mappings");
    }
    if (layer_node_ && has_zoo_layer_) errors_.push_back({Severity::error, "two layers are given", where, {}, {}});
  }

  void refuse_estimator_options() const {
    for (const char* option : estimator_option_names()) {
      if (!arguments_.has(option)) continue;
      refuse(arguments_.values(option).front(), fmt::format("option '--{}' means nothing beside an ERT", option),
             "the ERT gives all the numbers");
    }
  }

  void read_architecture() {
    result_.files.push_back({architecture_->path, sha256_hex(architecture_->text)});
    std::rotate(result_.files.begin(), std::prev(result_.files.end()), result_.files.end());
    if (!given_.empty()) refuse_estimator_options();
    const Registry registry = chosen_estimators(arguments_);
    if (!given_.empty()) {
      result_.architecture = read_architecture_text(architecture_, overrides_, registry, diagnostics_);
      Diagnostics found;
      result_.tables = given_reference_tables(given_, result_.architecture, found);
      for (const Diagnostic& each : found.all()) diagnostics_.warning(each.message, each.where, each.label, each.notes);
      return;
    }
    EstimatedArchitecture chip = estimate_architecture(architecture_, overrides_, registry, diagnostics_);
    result_.architecture = std::move(chip.architecture);
    result_.tables = std::move(chip.tables);
  }

  void read_layer_node() {
    Diagnostics found;
    std::optional<Layer> layer = read_layer(*layer_node_, "layer", found);
    found.throw_if_errors();
    result_.layer = *std::move(layer);
  }

  [[nodiscard]] Einsum lowered() const {
    return lower(result_.layer, result_.architecture, layer_node_ ? layer_node_->span : SourceSpan{});
  }

  void leave_mapping_out() {
    result_.einsum = lowered();
    if (mapping_node_)
      diagnostics_.warning("the mapping is not looked at: the best one is sought", mapping_node_->span);
  }

  void read_mapping_node() {
    result_.einsum = lowered();
    Diagnostics found;
    std::optional<MappingFile> mapping = read_mapping(*mapping_node_, result_.einsum, result_.architecture, found);
    if (mapping) report_violations(*mapping, result_.einsum, result_.architecture, found);
    found.throw_if_errors();
    result_.mapping = std::move(mapping->mapping);
  }

  ParsedArguments arguments_;
  MappingNeed need_ = MappingNeed::given;
  std::vector<ArgumentText> overrides_;
  std::int64_t batch_ = 1;
  std::vector<Diagnostic> errors_;
  Diagnostics diagnostics_;
  SourceFilePtr architecture_;
  std::string architecture_word_;
  GivenTables given_;
  std::optional<YamlNode> layer_node_;
  std::optional<YamlNode> mapping_node_;
  bool has_zoo_layer_ = false;
  ModelInputs result_;
};

}  // namespace

ModelInputs read_model_inputs(const ParsedArguments& arguments, MappingNeed need) {
  return ModelInputReader(arguments, need).read(arguments.positional);
}

ModelInputs read_model_texts(const std::vector<SourceFilePtr>& texts, const std::vector<SourceFilePtr>& tables) {
  return ModelInputReader().read(texts, tables);
}

}  // namespace ohmloop
