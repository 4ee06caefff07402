#include "ohmloop/accelergy/ranged_name.hpp"

#include <fmt/format.h>

namespace ohmloop {
namespace {

/// `first..last` between the brackets, or one index.
bool read_ends(const YamlNode& inner, RangedName& name, Diagnostics& diagnostics) {
  const std::size_t dots = inner.scalar.find("..");
  name.first = dots == std::string::npos ? inner : part_of_scalar(inner, 0, dots);
  if (dots != std::string::npos) name.last = part_of_scalar(inner, dots + 2, inner.scalar.size() - dots - 2);
  if (!name.first->scalar.empty() && (!name.last || !name.last->scalar.empty())) return true;
  diagnostics.error(fmt::format("expected '[first..last]' behind '{}'", name.base), inner.span);
  return false;
}

}  // namespace

YamlNode part_of_scalar(const YamlNode& scalar, std::size_t offset, std::size_t length) {
  YamlNode part;
  part.kind = YamlNode::Kind::scalar;
  std::size_t end = offset + length;
  while (offset < end && scalar.scalar[offset] == ' ') ++offset;
  while (offset < end && scalar.scalar[end - 1] == ' ') --end;
  part.scalar = scalar.scalar.substr(offset, end - offset);
  part.span = scalar.span;
  // A scalar with quotes or over several lines is only known as a whole.
  if (!scalar.span.empty() && !scalar.quoted && scalar.span.length == scalar.scalar.size()) {
    part.span.column += offset;
    part.span.length = end > offset ? end - offset : 1;
  }
  return part;
}

std::optional<RangedName> read_ranged_name(const YamlNode& scalar, Diagnostics& diagnostics) {
  if (!scalar.is_scalar() || scalar.scalar.empty()) {
    diagnostics.error(fmt::format("expected a name, found {}", kind_name(scalar)), scalar.span);
    return std::nullopt;
  }
  const std::string& text = scalar.scalar;
  RangedName result;
  const std::size_t open = text.back() == ']' ? text.rfind('[') : std::string::npos;
  const std::size_t base_length = open == std::string::npos ? text.size() : open;
  const bool inner_brackets_open = text.find('[') < base_length && text.find(']') >= base_length;
  if ((text.back() == ']' && open == std::string::npos) || inner_brackets_open) {
    diagnostics.error(fmt::format("the brackets of '{}' do not match", text), scalar.span, {},
                      {"a range is written name[0..7]"});
    return std::nullopt;
  }
  const YamlNode base = part_of_scalar(scalar, 0, base_length);
  if (base.scalar.empty()) {
    diagnostics.error(fmt::format("'{}' has a range, but no name", text), scalar.span);
    return std::nullopt;
  }
  result.base = base.scalar;
  result.where = base.span;
  if (open == std::string::npos) return result;
  const YamlNode inner = part_of_scalar(scalar, open + 1, text.size() - open - 2);
  if (!read_ends(inner, result, diagnostics)) return std::nullopt;
  return result;
}

std::optional<IndexRange> evaluate_range(const RangedName& name, FieldDialect dialect, Scope& scope,
                                         Diagnostics& diagnostics) {
  if (!name.first) return IndexRange{};
  const std::string what = fmt::format("an index of '{}'", name.base);
  const auto first = whole_field_number(*name.first, dialect, scope, what, 0, largest_range, diagnostics);
  if (!name.last) return first ? std::optional(IndexRange{.first = *first, .last = *first}) : std::nullopt;
  const auto last = whole_field_number(*name.last, dialect, scope, what, 0, largest_range, diagnostics);
  if (!first || !last) return std::nullopt;
  if (*last < *first) {
    diagnostics.error(fmt::format("the range of '{}' ends at {}, before it starts at {}", name.base, *last, *first),
                      name.last->span);
    return std::nullopt;
  }
  return IndexRange{.first = *first, .last = *last};
}

}  // namespace ohmloop
