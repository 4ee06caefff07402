#include "ohmloop/accelergy/field_expression.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/text/expression_functions.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

// Looking an attribute up may look up the next one: a bound on how long such a chain is keeps the stack small.
constexpr std::size_t longest_chain = 200;

bool starts_identifier(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continues_identifier(char c) { return starts_identifier(c) || (c >= '0' && c <= '9'); }

/// The place behind the parenthesis that closes the one at `open`; npos if there is none.
std::size_t behind_closing(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t place = open; place < text.size(); ++place) {
    if (text[place] == '(') ++depth;
    if (text[place] == ')' && --depth == 0) return place + 1;
  }
  return std::string_view::npos;
}

/// Rewrites calls of functions that are called differently here. `math.` in front of a name is dropped.
std::string translate_calls(std::string_view text, FieldDialect dialect) {
  std::string result;
  std::vector<std::size_t> extra_parentheses;  // where one more must be closed
  for (std::size_t place = 0; place < text.size();) {
    if (std::count(extra_parentheses.begin(), extra_parentheses.end(), place) > 0) result += ')';
    if (!starts_identifier(text[place]) || (place > 0 && continues_identifier(text[place - 1]))) {
      result += text[place++];
      continue;
    }
    std::size_t end = place;
    while (end < text.size() && continues_identifier(text[end])) ++end;
    const std::string_view word = text.substr(place, end - place);
    const bool is_call = end < text.size() && text[end] == '(';
    place = end;
    if (word == "math" && end < text.size() && text[end] == '.') {
      ++place;
    } else if (is_call && word == "log" && dialect == FieldDialect::v03) {
      // An address needs whole bits: log(12) is 4 in the field's own outputs.
      result += "ceil(log2";
      extra_parentheses.push_back(behind_closing(text, end));
    } else if (is_call && word == "log") {
      result += "ln";
    } else if (is_call && word == "round") {
      result += "round_even";
    } else if (is_call && word == "int") {
      result += "trunc";
    } else {
      result += word;
    }
  }
  result.append(static_cast<std::size_t>(std::count(extra_parentheses.begin(), extra_parentheses.end(), text.size())),
                ')');
  return result;
}

/// Whether quoted text is a number, with a unit perhaps.
bool is_number(const std::string& text) {
  YamlNode plain;
  plain.kind = YamlNode::Kind::scalar;
  plain.scalar = text;
  EmptyScope nothing;
  Diagnostics unheard;
  const std::optional<Value> value = evaluate(plain, nothing, unheard);
  return value && std::holds_alternative<Quantity>(*value);
}

}  // namespace

std::optional<FieldVersion> read_field_version(const YamlNode& map, std::string_view what, Diagnostics& diagnostics) {
  const YamlNode* version = map.find("version");
  if (version == nullptr) {
    diagnostics.error(fmt::format("{} needs the key 'version'", what), map.span, {}, {"known versions: 0.2, 0.3, 0.4"});
    return std::nullopt;
  }
  const bool old = version->scalar == "0.3" || version->scalar == "0.2";
  if (old) return FieldVersion{.text = version->scalar, .dialect = FieldDialect::v03};
  if (version->scalar == "0.4") return FieldVersion{.text = version->scalar, .dialect = FieldDialect::v04};
  diagnostics.error(fmt::format("version '{}' of {} is not known", version->scalar, what), version->span, {},
                    {"known versions: 0.2, 0.3, 0.4"});
  return std::nullopt;
}

YamlNode translate_expression(const YamlNode& scalar, FieldDialect dialect) {
  YamlNode result = scalar;
  if (!scalar.is_scalar()) return result;
  if (scalar.quoted && !is_number(scalar.scalar)) return result;
  result.quoted = false;
  result.scalar = translate_calls(result.scalar, dialect);
  return result;
}

std::optional<Value> evaluate_field(const YamlNode& scalar, FieldDialect dialect, Scope& scope,
                                    Diagnostics& diagnostics) {
  return evaluate(translate_expression(scalar, dialect), scope, diagnostics);
}

std::optional<std::int64_t> whole_field_number(const YamlNode& scalar, FieldDialect dialect, Scope& scope,
                                               std::string_view what, std::int64_t low, std::int64_t high,
                                               Diagnostics& diagnostics) {
  const std::optional<Value> value = evaluate_field(scalar, dialect, scope, diagnostics);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  const bool plain = quantity != nullptr && quantity->dimension == dimension::none;
  const bool whole = plain && quantity->value == std::floor(quantity->value);
  if (!whole) {
    diagnostics.error(fmt::format("{} must be a whole number, not {}", what, describe(*value)), scalar.span);
    return std::nullopt;
  }
  if (quantity->value < static_cast<double>(low) || quantity->value > static_cast<double>(high)) {
    diagnostics.error(fmt::format("{} must be from {} to {}, not {}", what, low, high, describe(*value)), scalar.span);
    return std::nullopt;
  }
  return static_cast<std::int64_t>(quantity->value);
}

FieldScope::FieldScope(const YamlNode* own, const AttributeMap& around, Scope* outer, FieldDialect dialect)
    : own_(own), around_(around), outer_(outer), dialect_(dialect) {}

std::optional<Value> FieldScope::lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) {
  const bool inside_own = !running_.empty() && running_.back() == name;
  const auto own = own_ == nullptr ? std::vector<YamlEntry>::const_iterator()
                                   : std::find_if(own_->entries.begin(), own_->entries.end(), [&](const auto& entry) {
                                       return entry.key == name && entry.value.is_scalar();
                                     });
  if (own_ != nullptr && own != own_->entries.end() && !inside_own) return evaluate_own(*own, use, diagnostics);
  if (const auto found = around_.find(name); found != around_.end()) return found->second.value;
  return outer_ == nullptr ? std::nullopt : outer_->lookup(name, use, diagnostics);
}

std::optional<Value> FieldScope::evaluate_own(const YamlEntry& entry, const SourceSpan& use, Diagnostics& diagnostics) {
  if (const auto known = done_.find(entry.key); known != done_.end()) return known->second;
  if (const auto start = std::find(running_.begin(), running_.end(), entry.key); start != running_.end()) {
    std::vector<std::string> path(start, running_.end());
    path.push_back(entry.key);
    diagnostics.error(fmt::format("attribute '{}' depends on itself: {}", entry.key, fmt::join(path, " -> ")), use);
    return std::nullopt;
  }
  if (running_.size() >= longest_chain) {
    diagnostics.error(fmt::format("more than {} attributes depend on one another in a chain", longest_chain), use);
    return std::nullopt;
  }
  running_.push_back(entry.key);
  std::optional<Value> value = evaluate_field(entry.value, dialect_, *this, diagnostics);
  running_.pop_back();
  done_.emplace(entry.key, value);
  return value;
}

std::vector<std::string> FieldScope::names() const {
  std::set<std::string> result;
  if (own_ != nullptr) {
    for (const YamlEntry& entry : own_->entries) {
      const bool only_inside_itself = !running_.empty() && running_.back() == entry.key;
      if (entry.value.is_scalar() && !only_inside_itself) result.insert(entry.key);
    }
  }
  for (const auto& [name, attribute] : around_) result.insert(name);
  if (outer_ != nullptr) {
    for (std::string& name : outer_->names()) result.insert(std::move(name));
  }
  return {result.begin(), result.end()};
}

AttributeMap FieldScope::evaluate_all(Diagnostics& diagnostics) {
  AttributeMap result = around_;
  if (own_ == nullptr) return result;
  for (const YamlEntry& entry : own_->entries) {
    result.erase(entry.key);
    if (!entry.value.is_scalar()) continue;
    std::optional<Value> value = evaluate_own(entry, entry.value.span, diagnostics);
    if (!value) continue;
    result.emplace(entry.key, ComponentAttribute{.value = std::move(*value),
                                                 .where = entry.value.span,
                                                 .origin = AttributeOrigin::stated,
                                                 .key_where = entry.key_span});
  }
  return result;
}

void report_unknown_keys(const YamlNode& map, const std::vector<std::string>& known, std::string_view what,
                         Diagnostics& diagnostics) {
  for (const YamlEntry& entry : map.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    diagnostics.error(fmt::format("unknown key '{}' in {}", entry.key, what), entry.key_span,
                      did_you_mean(entry.key, known), {"known keys: " + list_names(known)});
  }
}

bool report_templates(const SourceFilePtr& source, Diagnostics& diagnostics) {
  const std::string_view text = source->text;
  bool in_comment = false;
  for (std::size_t place = 0; place + 1 < text.size(); ++place) {
    if (text[place] == '\n') in_comment = false;
    if (text[place] == '#' && (place == 0 || text[place - 1] == ' ' || text[place - 1] == '\n')) in_comment = true;
    const std::string_view two = text.substr(place, 2);
    if (in_comment || (two != "{{" && two != "{%")) continue;
    diagnostics.error("Jinja templates are not read", span_at(source, place, 2), "render the file first",
                      {"Timeloop's front end writes the rendered description as parsed-processed-input.yaml, which is "
                       "read as it stands",
                       "any other way to render Jinja2 will do, as long as the result is plain YAML"});
    return true;
  }
  return false;
}

}  // namespace ohmloop
