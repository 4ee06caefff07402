#include "ohmloop/cli/model_inputs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/arch/lower.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/cli/inputs.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {

namespace {

/// Reads word after word and collects the errors of all of them.
class ModelInputReader {
 public:
  explicit ModelInputReader(const ParsedArguments& arguments) : arguments_(arguments) {}

  ModelInputs read() {
    for (const ArgumentText& word : arguments_.positional) attempt([&] { sort(word); });
    // What one word should have been is only worth saying where all are understood.
    if (errors_.empty()) require_all();
    if (architecture_) attempt([&] { read_architecture(*architecture_); });
    if (layer_node_) attempt([&] { read_layer_node(); });
    throw_errors();
    attempt([&] { read_mapping_node(); });
    throw_errors();
    result_.warnings = diagnostics_.warnings();
    return std::move(result_);
  }

 private:
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
      if (find_preset(word.text) != nullptr) return take_architecture(word);
      if (colon != std::string::npos) return take_zoo_layer(word, colon);
      const std::vector<std::string> names = preset_names();
      refuse(word, fmt::format("there is no file and no preset '{}'", word.text), did_you_mean(word.text, names),
             {fmt::format("presets: {}", list_names(names)), "a layer of the zoo is written as resnet18:conv1"});
    }
    require_file(word);
    const SourceFilePtr source = read_source_file(word.text);
    result_.files.push_back({source->path, sha256_hex(source->text)});
    Diagnostics found;
    YamlNode root = parse_yaml(source, found);
    found.throw_if_errors();
    sort_file(word, std::move(root));
  }

  void sort_file(const ArgumentText& word, YamlNode root) {
    if (root.find("architecture") != nullptr) {
      result_.files.pop_back();
      return take_architecture(word);
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
    if (known) return check_keys(root);
    refuse(word, fmt::format("'{}' is no architecture, layer or mapping", word.text), {},
           {"an architecture has the key 'architecture', a layer 'layer', a mapping 'mapping'"});
  }

  static void check_keys(const YamlNode& root) {
    const std::vector<std::string> known = {"layer", "mapping"};
    Diagnostics found;
    for (const YamlEntry& entry : root.entries) {
      if (entry.key == "layer" || entry.key == "mapping") continue;
      found.error(fmt::format("unknown key '{}' beside a layer or mapping", entry.key), entry.key_span,
                  did_you_mean(entry.key, known));
    }
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

  void take_architecture(const ArgumentText& word) {
    if (architecture_) refuse(word, "a second architecture", fmt::format("the first is '{}'", architecture_->text));
    architecture_ = word;
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
    const Network network = entry->build(arguments_.number("batch").value_or(1));
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

  void require_all() {
    const SourceSpan where = arguments_.positional.back().where;
    const auto missing = [&](const char* what, const char* how) {
      errors_.push_back({Severity::error, fmt::format("none of the arguments is {}", what), where, {}, {how}});
    };
    if (!architecture_) missing("an architecture", "a file with the key 'architecture', or a preset as in 'eyeriss'");
    if (!layer_node_ && !has_zoo_layer_) {
      missing("a layer", "a file with the key 'layer', or a layer of the zoo as in 'resnet18:conv1'");
    }
    if (!mapping_node_) {
      missing("a mapping", "a file with the key 'mapping', as 'ohmloop run ... -o DIR' writes them to DIR/mappings");
    }
    if (layer_node_ && has_zoo_layer_) errors_.push_back({Severity::error, "two layers are given", where, {}, {}});
  }

  void read_architecture(const ArgumentText& word) {
    ArchitectureInput input = open_architecture_input(word, arguments_.values("set"), diagnostics_);
    result_.architecture = std::move(input.architecture);
    result_.tables = std::move(input.tables);
    result_.files.insert(result_.files.begin(), std::move(input.file));
  }

  void read_layer_node() {
    Diagnostics found;
    std::optional<Layer> layer = read_layer(*layer_node_, "layer", found);
    found.throw_if_errors();
    result_.layer = *std::move(layer);
  }

  void read_mapping_node() {
    result_.einsum = lower(result_.layer, result_.architecture, layer_node_ ? layer_node_->span : SourceSpan{});
    Diagnostics found;
    std::optional<MappingFile> mapping = read_mapping(*mapping_node_, result_.einsum, result_.architecture, found);
    if (mapping) report_violations(*mapping, result_.einsum, result_.architecture, found);
    found.throw_if_errors();
    result_.mapping = std::move(mapping->mapping);
  }

  const ParsedArguments& arguments_;
  std::vector<Diagnostic> errors_;
  Diagnostics diagnostics_;
  std::optional<ArgumentText> architecture_;
  std::optional<YamlNode> layer_node_;
  std::optional<YamlNode> mapping_node_;
  bool has_zoo_layer_ = false;
  ModelInputs result_;
};

}  // namespace

ModelInputs read_model_inputs(const ParsedArguments& arguments) { return ModelInputReader(arguments).read(); }

}  // namespace ohmloop
