#include "ohmloop/accuracy/data/sources/imagenet_labels.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/sources/label_number.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_ids = 100'000;

/// "n01440764": an n and eight digits.
bool is_wnid(std::string_view word) {
  return word.size() == 9 && word.front() == 'n' && word.substr(1).find_first_not_of("0123456789") == word.npos;
}

std::optional<ImageNetLabel> read_label(const TextPiece& line) {
  const std::vector<TextPiece> words = split_words(line);
  if (words.size() > 2) return std::nullopt;
  ImageNetLabel label;
  label.place = words.back();
  if (words.size() == 2) label.image = words.front().text;
  label.number = label_number(label.place.text);
  if (label.number) return label;
  if (!is_wnid(label.place.text)) return std::nullopt;
  label.wnid = label.place.text;
  return label;
}

bool same_form(const ImageNetLabel& a, const ImageNetLabel& b) {
  return a.image.empty() == b.image.empty() && a.number.has_value() == b.number.has_value();
}

}  // namespace

std::vector<ImageNetLabel> read_imagenet_labels(const SourceFilePtr& list, Diagnostics& diagnostics) {
  std::vector<ImageNetLabel> labels;
  ErrorsOfAKind errors(diagnostics);
  for (const TextPiece& line : text_lines(*list)) {
    auto label = read_label(line);
    if (label && (labels.empty() || same_form(labels.front(), *label))) {
      labels.push_back(std::move(*label));
      continue;
    }
    errors.add(label ? "this line has another form than the first" : "expected a label, or an image and its label",
               errors.tells_next() ? span_of(list, line) : SourceSpan{}, label ? "" : "as in 490 or n01440764");
  }
  errors.finish("lines that cannot be read");
  return labels;
}

std::vector<std::string> read_imagenet_ids(const SourceFilePtr& file, Diagnostics& diagnostics) {
  std::vector<std::string> wnids;
  ErrorsOfAKind errors(diagnostics);
  std::size_t line_number = 0;
  for (const TextPiece& line : text_lines(*file)) {
    const std::vector<TextPiece> words = split_words(line);
    ++line_number;
    const auto written = words.size() > 1 ? label_number(words[1].text) : std::nullopt;
    const std::int64_t number = written.value_or(static_cast<std::int64_t>(line_number));
    const bool in_range = number >= 1 && number <= static_cast<std::int64_t>(most_ids);
    if (!is_wnid(words.front().text) || !in_range) {
      errors.add("expected a wnid, or a wnid and its number from 1 on",
                 errors.tells_next() ? span_of(file, line) : SourceSpan{}, "as in n02119789 1");
      continue;
    }
    const auto index = static_cast<std::size_t>(number - 1);
    if (wnids.size() <= index) wnids.resize(index + 1);
    if (!wnids[index].empty()) {
      errors.add(fmt::format("number {} stands twice", number),
                 errors.tells_next() ? span_of(file, line) : SourceSpan{});
    }
    wnids[index] = words.front().text;
  }
  errors.finish("lines that cannot be read");
  const auto missing = std::find(wnids.begin(), wnids.end(), std::string());
  if (errors.count() == 0 && missing != wnids.end()) {
    diagnostics.error(fmt::format("no line is for number {}", missing - wnids.begin() + 1), span_at(file, 0));
  }
  return wnids;
}

}  // namespace ohmloop
