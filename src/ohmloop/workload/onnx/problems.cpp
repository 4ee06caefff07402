#include "ohmloop/workload/onnx/problems.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/text/utf8.hpp"

namespace ohmloop {
namespace {

/// Nobody reads more, and a damaged file could yield millions.
constexpr std::size_t most_errors = 50;
constexpr std::size_t most_names = 5;

bool is_default_domain(std::string_view domain) { return domain.empty() || domain == "ai.onnx"; }

}  // namespace

void OnnxProblems::error(const std::string& message, std::vector<std::string> notes) {
  found_.error(fmt::format("{}: {}", path_, message), {}, {}, std::move(notes));
  if (++errors_ == most_errors) found_.throw_if_errors();
}

void OnnxProblems::warning(const std::string& message, std::vector<std::string> notes) {
  found_.warning(fmt::format("{}: {}", path_, message), {}, {}, std::move(notes));
}

std::string_view label(const OnnxNode& node) {
  if (!node.name.empty()) return node.name;
  const auto named = std::find_if(node.outputs.begin(), node.outputs.end(), [](auto name) { return !name.empty(); });
  return named == node.outputs.end() ? node.operation : *named;
}

std::string qualified_operation(const OnnxNode& node) {
  const std::string operation = printable(node.operation);
  return is_default_domain(node.domain) ? operation : fmt::format("{}.{}", printable(node.domain), operation);
}

std::string describe(const OnnxNode& node) {
  return fmt::format("node '{}' ({})", printable(label(node)), qualified_operation(node));
}

std::string list_some(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), most_names);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += fmt::format("{}'{}'", i == 0 ? "" : ", ", names[i]);
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

Diagnostic binary_problem(std::string message, std::vector<std::string> notes) {
  return {Severity::error, std::move(message), {}, {}, std::move(notes)};
}

}  // namespace ohmloop
