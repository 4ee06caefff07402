#pragma once

#include <memory>
#include <string>
#include <utility>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/source.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop::testing_text {

/// A file that exists in memory only.
inline SourceFilePtr source_of(std::string text, std::string path = "test.yaml") {
  return std::make_shared<const SourceFile>(SourceFile{.path = std::move(path), .text = std::move(text)});
}

/// The tree of a text that must be without errors.
inline YamlNode tree_of(std::string text) {
  Diagnostics diagnostics;
  YamlNode node = parse_yaml(source_of(std::move(text)), diagnostics);
  diagnostics.throw_if_errors();
  return node;
}

/// "1:5+3" of a span.
inline std::string place_of(const SourceSpan& span) {
  return std::to_string(span.line) + ":" + std::to_string(span.column) + "+" + std::to_string(span.length);
}

}  // namespace ohmloop::testing_text
