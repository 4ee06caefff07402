#include "ohmloop/arch/node_reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/text/expression_names.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || digit(c); });
}

/// "memory 'edram'", or "memory" for a node without a proper name.
std::string title(const YamlNode& yaml, const NodeTagInfo& info) {
  const YamlNode* name = yaml.find("name");
  if (name == nullptr || !name->is_scalar()) return info.noun;
  return fmt::format("{} '{}'", info.noun, name->scalar);
}

}  // namespace

NodeReader::NodeReader(const YamlNode& yaml, const NodeTagInfo& info, ReadContext& context)
    : yaml_(&yaml),
      info_(&info),
      context_(&context),
      scope_(yaml, context.scope),
      reader_(yaml, title(yaml, info), scope_, context.diagnostics) {
  node_.where = yaml.span;
  read_name();
  read_class();
  if (info.key("cycle") != nullptr) read_cycle();
}

void NodeReader::read_name() {
  const std::optional<std::string> name = reader_.required_text("name");
  if (!name) return;
  node_.name = *name;
  node_.where = reader_.node("name")->span;
  if (!is_name(*name)) {
    diagnostics().error(fmt::format("'{}' cannot be the name of a node", *name), node_.where,
                        "letters, digits and underscores, a letter first");
  }
}

void NodeReader::read_class() {
  const Key* key = info_->key("class");
  const std::optional<std::string> name = key->required ? reader_.required_text("class") : reader_.text("class");
  if (!name) return;
  node_.class_name = *name;
  node_.class_where = reader_.node("class")->span;
  if (!is_name(*name)) {
    diagnostics().error(fmt::format("'{}' cannot be a component class of {}", *name, reader_.what()),
                        node_.class_where);
  }
}

void NodeReader::read_cycle() {
  const std::optional<double> seconds = reader_.number("cycle", dimension::time);
  if (!seconds) return;
  if (*seconds > 0 && std::isfinite(*seconds)) {
    node_.step_seconds = *seconds;
  } else {
    diagnostics().error(fmt::format("'cycle' of {} must be longer than nothing", reader_.what()),
                        reader_.node("cycle")->span, "as in 100 ns");
  }
}

std::optional<std::int64_t> NodeReader::count(std::string_view key, std::int64_t low, std::int64_t high) {
  return reader_.integer(key, dimension::none, low, high);
}

std::optional<std::int64_t> NodeReader::required_count(std::string_view key, std::int64_t low, std::int64_t high) {
  return reader_.required_node(key) == nullptr ? std::nullopt : count(key, low, high);
}

std::optional<double> NodeReader::bandwidth(std::string_view key) {
  const std::optional<Value> value = reader_.value(key);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  const bool per_cycle = quantity != nullptr && quantity->dimension == dimension::bits_per_cycle;
  const bool per_second = quantity != nullptr && quantity->dimension == dimension::bits_per_second;
  if (!per_cycle && !per_second) {
    diagnostics().error(
        fmt::format("expected a bandwidth for '{}' of {}, found {}", key, reader_.what(), to_string(*value)),
        reader_.node(key)->span, "as in 64 bit/cycle or 25.6 GB/s");
    return std::nullopt;
  }
  if (!(quantity->value > 0)) {
    diagnostics().error(fmt::format("'{}' of {} must be more than 0", key, reader_.what()), reader_.node(key)->span,
                        "leave the key out where the bandwidth is no limit");
    return std::nullopt;
  }
  if (per_cycle) return quantity->value;
  if (!context_->clock_hertz) return std::nullopt;  // the error in `clock` was reported
  return quantity->value / *context_->clock_hertz;
}

void NodeReader::set_attribute(const std::string& key, Dimension dimension, double value, bool used) {
  const YamlNode* at = reader_.node(key);
  node_.attributes[key] = {Quantity{value, dimension}, at == nullptr ? node_.where : at->span, used};
}

void NodeReader::report_unknown(const YamlEntry& entry, std::string message) {
  const std::vector<std::string> known = key_names(info_->keys);
  diagnostics().error(std::move(message), entry.key_span, did_you_mean(entry.key, known),
                      {"known keys: " + list_names(known)});
}

Node NodeReader::finish() {
  const std::set<std::string> fitted = with_inner_dependents(context_->fitted_names, yaml_->entries);
  for (const YamlEntry* entry : reader_.remaining()) {
    if (node_.class_name.empty()) {
      report_unknown(*entry, fmt::format("unknown key '{}' in {}", entry->key, reader_.what()));
      continue;
    }
    if (!entry->value.is_scalar()) {
      // Attributes of component classes are single values: a list or a map was meant for a key of the node itself.
      report_unknown(*entry, fmt::format("unknown key '{}' in {}, with {} behind it", entry->key, reader_.what(),
                                         kind_name(entry->value)));
      continue;
    }
    if (auto value = reader_.value(entry->key)) {
      node_.attributes[entry->key] = {std::move(*value), entry->value.span, false, entry->key_span,
                                      fitted.contains(entry->key)};
    }
  }
  if (context_->technology && !node_.class_name.empty()) {
    node_.attributes.emplace("technology", *context_->technology);
  }
  return std::move(node_);
}

void read_node(const YamlNode& yaml, ReadContext& context, Architecture& architecture) {
  const NodeTagInfo* info = find_node_tag(yaml.tag);
  if (info == nullptr) {
    const std::vector<std::string> tags = tag_names();
    context.diagnostics.error(
        yaml.tag.empty() ? "a node needs a tag that says what it is" : fmt::format("unknown tag '{}'", yaml.tag),
        yaml.tag.empty() ? yaml.span : yaml.tag_span, did_you_mean(yaml.tag, tags), {"tags: " + list_names(tags)});
    return;
  }
  if (!yaml.is_map()) {
    context.diagnostics.error(fmt::format("expected a map for a {}, found {}", info->noun, kind_name(yaml)), yaml.span,
                              fmt::format("as in {} {{name: ..., class: ...}}", info->tag));
    return;
  }
  NodeReader reader(yaml, *info, context);
  if (info->tag == "!Array") return read_array(reader, architecture);
  if (info->tag == "!Memory") read_memory(reader);
  if (info->tag == "!Container") read_container(reader);
  if (info->tag == "!Converter") read_converter(reader);
  if (info->tag == "!Component") read_component(reader);
  if (info->tag == "!Compute") read_compute(reader);
  architecture.nodes.push_back(reader.finish());
}

}  // namespace ohmloop
