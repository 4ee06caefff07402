#include "ohmloop/study/sweep_axes.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/study/sweep_values.hpp"

namespace ohmloop {

namespace {

/// Part of a word on the command line; the whole of it where quotes have moved its letters.
SourceSpan part_of(const PlacedText& word, std::size_t offset, std::size_t length) {
  SourceSpan span = word.where;
  if (span.length < word.text.size()) return span;
  // "--over=..." stands as one word, of which the text is the end.
  span.column += span.length - word.text.size() + offset;
  span.length = std::max<std::size_t>(length, 1);
  return span;
}

class AxisReader {
 public:
  AxisReader(const std::vector<PlacedText>& set, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    for (const PlacedText& word : set) given_.emplace(word.text.substr(0, word.text.find('=')), "--set");
  }

  std::optional<ParsedAxis> read(const PlacedText& word) {
    const std::size_t equals = word.text.find('=');
    if (equals == std::string::npos || equals == 0) {
      diagnostics_.error(fmt::format("expected KEY[,KEY...]=VALUES after --over, found '{}'", word.text), word.where,
                         "as in rows,columns=128,256,512");
      return std::nullopt;
    }
    ParsedAxis parsed;
    parsed.where = word.where;
    read_keys(word, equals, parsed);
    const std::string values = word.text.substr(equals + 1);
    const SourceSpan place = part_of(word, equals + 1, values.size());
    if (values.find_first_not_of(' ') == std::string::npos) {
      diagnostics_.error("there are no values after the '='", place, "as in rows,columns=128,256,512");
      return std::nullopt;
    }
    parsed.axis.values = parse_sweep(values, place, diagnostics_);
    if (parsed.axis.values.empty()) return std::nullopt;
    return parsed;
  }

 private:
  void read_keys(const PlacedText& word, std::size_t equals, ParsedAxis& parsed) {
    for (std::size_t start = 0; start <= equals;) {
      const std::size_t end = std::min(word.text.find(',', start), equals);
      const std::string key = word.text.substr(start, end - start);
      const SourceSpan place = part_of(word, start, key.size());
      if (key.empty()) diagnostics_.error("a key is missing", place, "as in rows,columns=128,256,512");
      const auto [other, is_new] = given_.emplace(key, "--over");
      if (!is_new && !key.empty()) {
        diagnostics_.error(fmt::format("'{}' is given twice", key), place,
                           fmt::format("{} gives it, too", other->second));
      }
      parsed.axis.keys.push_back(key);
      parsed.keys.push_back(place);
      start = end + 1;
    }
  }

  Diagnostics& diagnostics_;
  std::map<std::string, std::string> given_;  ///< keys, and the option that gives them
};

void check_size(const std::vector<ParsedAxis>& axes, std::size_t networks, Diagnostics& diagnostics) {
  double points = static_cast<double>(networks);
  std::string product = fmt::format("{} {}", networks, networks == 1 ? "network" : "networks");
  for (const ParsedAxis& one : axes) {
    points *= static_cast<double>(one.axis.values.size());
    product += fmt::format(" x {}", one.axis.values.size());
  }
  if (points <= static_cast<double>(most_sweep_points)) return;
  diagnostics.error(fmt::format("the sweep has {} points ({})", format_magnitude(points), product), axes.back().where,
                    fmt::format("at most {}: take fewer values", format_count(most_sweep_points)));
}

std::string text_of(const std::string& key, const Value& value) { return key + "=" + to_string(value); }

/// The place of a key that an error speaks of; nothing if it is about something else.
const SourceSpan* written_place(const SourceSpan& where, const std::vector<ParsedAxis>& axes) {
  if (where.empty() || where.file->path != "--set") return nullptr;
  for (const ParsedAxis& one : axes) {
    for (std::size_t key = 0; key < one.keys.size(); ++key) {
      const bool is_key = where.column <= one.axis.keys[key].size();
      for (const Value& value : one.axis.values) {
        if (where.file->text == text_of(one.axis.keys[key], value)) return is_key ? &one.keys[key] : &one.where;
      }
    }
  }
  return nullptr;
}

}  // namespace

std::vector<ParsedAxis> parse_axes(const std::vector<PlacedText>& words, const std::vector<PlacedText>& set,
                                   std::size_t networks, Diagnostics& diagnostics) {
  AxisReader reader(set, diagnostics);
  std::vector<ParsedAxis> axes;
  for (const PlacedText& word : words) {
    if (std::optional<ParsedAxis> axis = reader.read(word)) axes.push_back(*std::move(axis));
  }
  if (!axes.empty()) check_size(axes, networks, diagnostics);
  return axes;
}

std::size_t chips_of(const std::vector<ParsedAxis>& axes) {
  std::size_t chips = 1;
  for (const ParsedAxis& one : axes) chips *= one.axis.values.size();
  return chips;
}

std::vector<std::size_t> choice_of(const std::vector<ParsedAxis>& axes, std::size_t chip) {
  std::vector<std::size_t> choice(axes.size());
  for (std::size_t i = axes.size(); i-- > 0;) {
    choice[i] = chip % axes[i].axis.values.size();
    chip /= axes[i].axis.values.size();
  }
  return choice;
}

std::vector<PlacedText> overrides_at(const std::vector<ParsedAxis>& axes, const std::vector<std::size_t>& choice,
                                     const std::vector<PlacedText>& set) {
  std::vector<PlacedText> overrides = set;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    for (const std::string& key : axes[i].axis.keys) {
      overrides.push_back({text_of(key, axes[i].axis.values[choice[i]]), axes[i].where});
    }
  }
  return overrides;
}

std::vector<Diagnostic> at_written_places(std::vector<Diagnostic> errors, const std::vector<ParsedAxis>& axes) {
  for (Diagnostic& error : errors) {
    if (const SourceSpan* place = written_place(error.where, axes)) error.where = *place;
  }
  return errors;
}

bool is_among(const Diagnostic& diagnostic, const std::vector<Diagnostic>& others) {
  return std::any_of(others.begin(), others.end(), [&](const Diagnostic& other) {
    return other.message == diagnostic.message && to_string(other.where) == to_string(diagnostic.where);
  });
}

std::vector<Diagnostic> summary_of_warnings(const std::vector<Diagnostic>& warnings) {
  std::map<std::string, std::size_t> known;
  std::vector<Diagnostic> summary;
  std::vector<std::int64_t> repeated;
  for (const Diagnostic& warning : warnings) {
    std::string kind = warning.message;
    std::erase_if(kind, [](char c) { return c >= '0' && c <= '9'; });
    const auto [entry, is_new] = known.emplace(to_string(warning.where) + kind, summary.size());
    if (!is_new) {
      ++repeated[entry->second];
      continue;
    }
    summary.push_back(warning);
    repeated.push_back(0);
  }
  for (std::size_t i = 0; i < summary.size(); ++i) {
    if (repeated[i] > 0)
      summary[i].notes.push_back(
          fmt::format("and so at {} more {}", repeated[i], repeated[i] == 1 ? "point" : "points"));
  }
  return summary;
}

std::vector<Diagnostic> summary_of_warnings(const std::vector<SweepPoint>& points) {
  std::vector<Diagnostic> all;
  for (const SweepPoint& point : points) all.insert(all.end(), point.warnings.begin(), point.warnings.end());
  return summary_of_warnings(all);
}

}  // namespace ohmloop
