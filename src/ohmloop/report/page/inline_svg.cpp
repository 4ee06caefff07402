#include "ohmloop/report/page/inline_svg.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include <fmt/format.h>

namespace ohmloop {
namespace {

constexpr std::array<std::string_view, 19> elements = {
    "svg",  "title",   "desc",     "g",      "rect",    "circle",      "path",           "use", "defs", "text", "tspan",
    "line", "polygon", "polyline", "filter", "feFlood", "feComposite", "linearGradient", "stop"};

constexpr std::array<std::string_view, 51> attributes = {"xmlns",
                                                         "xmlns:xlink",
                                                         "viewBox",
                                                         "width",
                                                         "height",
                                                         "role",
                                                         "id",
                                                         "x",
                                                         "y",
                                                         "r",
                                                         "cx",
                                                         "cy",
                                                         "d",
                                                         "points",
                                                         "transform",
                                                         "fill",
                                                         "stroke",
                                                         "color",
                                                         "stroke-width",
                                                         "fill-opacity",
                                                         "stroke-linecap",
                                                         "stroke-linejoin",
                                                         "stroke-dasharray",
                                                         "stroke-opacity",
                                                         "font-family",
                                                         "font-size",
                                                         "font-weight",
                                                         "font-style",
                                                         "text-anchor",
                                                         "dominant-baseline",
                                                         "xml:space",
                                                         "filterUnits",
                                                         "flood-color",
                                                         "flood-opacity",
                                                         "result",
                                                         "in",
                                                         "in2",
                                                         "operator",
                                                         "xlink:href",
                                                         "href",
                                                         "opacity",
                                                         "fill-rule",
                                                         "x1",
                                                         "x2",
                                                         "y1",
                                                         "y2",
                                                         "offset",
                                                         "stop-color",
                                                         "rx",
                                                         "filter",
                                                         "shape-rendering"};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == ':' || c == '_'; }

struct Attribute {
  std::string_view name;
  std::string_view value;
  char quote = '"';
};

struct Tag {
  std::string_view name;
  bool closing = false;
  bool empty = false;  ///< ends with "/>"
  std::vector<Attribute> attributes;
};

/// Reads one file's text from its beginning.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool at_tag() const { return !rest_.empty() && rest_[0] == '<'; }

  std::string_view take_text() { return take(std::min(rest_.find('<'), rest_.size())); }

  /// Nothing if it is not a well-formed tag of an element: comments, declarations and sections are none.
  std::optional<Tag> take_tag() {
    Tag tag;
    take(1);
    tag.closing = take_if('/');
    tag.name = take_name();
    if (tag.name.empty()) return std::nullopt;
    while (true) {
      skip_spaces();
      tag.empty = take_if('/');
      if (take_if('>')) return tag;
      if (tag.empty || rest_.empty()) return std::nullopt;
      Attribute attribute;
      attribute.name = take_name();
      skip_spaces();
      if (attribute.name.empty() || !take_if('=')) return std::nullopt;
      skip_spaces();
      if (rest_.empty()) return std::nullopt;
      attribute.quote = rest_[0];
      if (attribute.quote != '"' && attribute.quote != '\'') return std::nullopt;
      take(1);
      const std::size_t end = rest_.find(attribute.quote);
      if (end == std::string_view::npos) return std::nullopt;
      attribute.value = take(end);
      take(1);
      tag.attributes.push_back(attribute);
    }
  }

 private:
  std::string_view take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  bool take_if(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    take(1);
    return true;
  }
  std::string_view take_name() {
    return take(static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_name) - rest_.begin()));
  }
  void skip_spaces() {
    take(static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_space) - rest_.begin()));
  }

  std::string_view rest_;
};

/// The neutral colours of figure_colour.hpp as gnuplot writes them, blanks left out.
std::string_view page_colour(std::string_view value) {
  struct Pair {
    std::string_view written;
    std::string_view variable;
  };
  constexpr std::array<Pair, 8> pairs = {{{"rgb(34,34,34)", "var(--ink)"},
                                          {"#222222", "var(--ink)"},
                                          {"black", "var(--ink)"},
                                          {"rgb(217,217,217)", "var(--faint)"},
                                          {"#d9d9d9", "var(--faint)"},
                                          {"rgb(255,255,255)", "var(--paper)"},
                                          {"#ffffff", "var(--paper)"},
                                          {"#FFFFFF", "var(--paper)"}}};
  std::string dense;
  for (const char c : value) {
    if (!is_space(c)) dense += c;
  }
  const auto* found = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& one) { return one.written == dense; });
  return found == pairs.end() ? std::string_view{} : found->variable;
}

template <std::size_t size>
bool among(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// url(#name), and nothing beside it.
bool is_inner_url(std::string_view value) {
  return value.size() > 6 && value.substr(0, 5) == "url(#" && value.back() == ')' &&
         std::all_of(value.begin() + 5, value.end() - 1, is_name);
}

/// The attribute as it stands in the page; nothing if it must not.
std::optional<std::string> page_value(const Attribute& attribute, std::string_view prefix) {
  const std::string_view value = attribute.value;
  if (value.find('<') != std::string_view::npos) return std::nullopt;
  if (attribute.name == "id") return fmt::format("{}-{}", prefix, value);
  if (attribute.name == "xlink:href" || attribute.name == "href") {
    if (value.empty() || value[0] != '#') return std::nullopt;
    return fmt::format("#{}-{}", prefix, value.substr(1));
  }
  if (is_inner_url(value)) return fmt::format("url(#{}-{}", prefix, value.substr(5));
  if (attribute.name.substr(0, 5) != "xmlns" &&
      (value.find("url") != std::string_view::npos || value.find("//") != std::string_view::npos))
    return std::nullopt;
  if (attribute.name == "fill" || attribute.name == "stroke" || attribute.name == "color") {
    if (const std::string_view variable = page_colour(value); !variable.empty()) return std::string(variable);
  }
  return std::string(value);
}

/// The size in print of the picture itself (in a page it is as wide as its place), and names that the page's style
/// might take for its own.
bool is_left_out(const Tag& tag, const Attribute& attribute) {
  return attribute.name == "class" || (tag.name == "svg" && (attribute.name == "width" || attribute.name == "height"));
}

}  // namespace

std::optional<std::string> inline_svg(std::string_view svg, std::string_view prefix) {
  const std::size_t begin = svg.find("<svg");
  if (begin == std::string_view::npos) return std::nullopt;
  Scanner scanner(svg.substr(begin));
  std::string result;
  std::vector<std::string_view> open;
  while (!scanner.at_end()) {
    if (!scanner.at_tag()) {
      const std::string_view text = scanner.take_text();
      if (!open.empty()) result += text;
      continue;
    }
    const std::optional<Tag> tag = scanner.take_tag();
    if (!tag || !among(tag->name, elements)) return std::nullopt;
    if (tag->closing) {
      if (open.empty() || open.back() != tag->name) return std::nullopt;
      open.pop_back();
      result += fmt::format("</{}>", tag->name);
      continue;
    }
    if (open.empty() && !result.empty()) return std::nullopt;  // a second picture
    result += fmt::format("<{}", tag->name);
    for (const Attribute& attribute : tag->attributes) {
      if (is_left_out(*tag, attribute)) continue;
      if (!among(attribute.name, attributes)) return std::nullopt;
      const std::optional<std::string> value = page_value(attribute, prefix);
      if (!value) return std::nullopt;
      result += fmt::format(" {}={}{}{}", attribute.name, attribute.quote, *value, attribute.quote);
    }
    result += tag->empty ? "/>" : ">";
    if (!tag->empty) open.push_back(tag->name);
  }
  if (!open.empty() || result.empty()) return std::nullopt;
  return result;
}

}  // namespace ohmloop
