#include "ohmloop/text/yaml.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "ohmloop/text/utf8.hpp"
#include "ohmloop/text/yaml_builder.hpp"
#include "ohmloop/text/yaml_layout.hpp"
#include "ohmloop/text/yaml_syntax_error.hpp"

namespace ohmloop {
namespace {

/// Whether the text can be given to the library, which would take a control character for the end of the file.
bool check_bytes(const SourceFilePtr& source, Diagnostics& diagnostics) {
  const auto bad = first_non_text_byte(source->text);
  if (!bad) return true;
  diagnostics.error(
      fmt::format("byte 0x{:02x} does not belong in a text", static_cast<unsigned char>(source->text[*bad])),
      span_at(source, *bad), "this is no UTF-8 text file");
  return false;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

YamlNode* YamlNode::find(std::string_view key) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

YamlNode parse_yaml(const SourceFilePtr& source, Diagnostics& diagnostics, const YamlLimits& limits) {
  if (!check_bytes(source, diagnostics)) return {};
  const YamlLayout layout(source);
  YamlBuilder builder(layout, diagnostics, limits);
  try {
    std::istringstream stream(source->text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      diagnostics.error(fmt::format("'{}' holds no value", source->path), layout.span(0), "nothing but comments");
      return {};
    }
    parser.HandleNextDocument(builder);
  } catch (const YamlStopped&) {
    return {};
  } catch (const YAML::Exception& error) {
    report_syntax_error(error, layout, builder, diagnostics);
    return {};
  }
  return builder.take_root();
}

std::string kind_name(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::scalar:
      return "a scalar";
    case YamlNode::Kind::sequence:
      return "a list";
    case YamlNode::Kind::map:
      return "a map";
    case YamlNode::Kind::null:
      break;
  }
  return "nothing";
}

}  // namespace ohmloop
