#include "ohmloop/accuracy/data/sources/class_order.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/sources/placed_file.hpp"
#include "ohmloop/accuracy/data/sources/text_lines.hpp"

namespace ohmloop {

ClassOrder::ClassOrder(std::vector<std::string> names) : names_(std::move(names)) {
  for (std::size_t i = 0; i < names_.size(); ++i) numbers_.emplace(names_[i], static_cast<std::int64_t>(i));
}

std::optional<ClassOrder> ClassOrder::read(const PlacedPath& file, OpenContext& context) {
  const SourceFilePtr source = open_text(file, context);
  if (!source) return std::nullopt;
  std::vector<std::string> names;
  std::set<std::string> seen;
  ErrorsOfAKind errors(context.diagnostics);
  for (const TextPiece& line : text_lines(*source)) {
    const TextPiece word = split_words(line).front();
    names.emplace_back(word.text);
    if (seen.insert(names.back()).second) continue;
    errors.add(fmt::format("class '{}' stands twice", word.text),
               errors.tells_next() ? span_of(source, word) : SourceSpan{});
  }
  errors.finish("classes that stand twice");
  return errors.count() > 0 ? std::nullopt : std::optional(ClassOrder(std::move(names)));
}

ClassOrder ClassOrder::sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return ClassOrder(std::move(names));
}

std::optional<std::int64_t> ClassOrder::find(const std::string& name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace ohmloop
