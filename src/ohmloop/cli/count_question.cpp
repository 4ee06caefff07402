#include "ohmloop/cli/count_question.hpp"

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

[[noreturn]] void refuse(const ArgumentText& word, const char* what, const std::string& part,
                         const std::vector<std::string>& known) {
  throw InputError(Diagnostic{Severity::error,
                              fmt::format("unknown {} '{}'", what, part),
                              word.where,
                              did_you_mean(part, known),
                              {fmt::format("known: {}", list_names(known))}});
}

CountedAction find_action(const ArgumentText& word, const std::string& part) {
  std::vector<std::string> known;
  for (const CountedAction action :
       {CountedAction::reads, CountedAction::fills, CountedAction::updates, CountedAction::drains}) {
    if (to_string(action) == part) return action;
    known.emplace_back(to_string(action));
  }
  refuse(word, "count", part, known);
}

NodeId find_memory(const ArgumentText& word, const std::string& part, const Architecture& architecture) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    if (architecture.nodes[i].as<Memory>() == nullptr) continue;
    if (architecture.nodes[i].name == part) return NodeId(i);
    known.push_back(architecture.nodes[i].name);
  }
  refuse(word, "level", part, known);
}

Role find_role(const ArgumentText& word, const std::string& part, const Einsum& einsum) {
  std::vector<std::string> known;
  for (const Role role : all_roles) {
    if (to_string(role) == part || einsum.tensor(role).name == part) return role;
    known.push_back(einsum.tensor(role).name);
  }
  refuse(word, "tensor", part, known);
}

}  // namespace

CountQuestion parse_count_question(const ArgumentText& word, const Einsum& einsum, const Architecture& architecture) {
  const std::size_t first = word.text.find(':');
  const std::size_t last = word.text.rfind(':');
  if (first == std::string::npos || first == last) {
    throw InputError(Diagnostic{Severity::error,
                                fmt::format("expected COUNT:LEVEL:TENSOR, found '{}'", word.text),
                                word.where,
                                "as in reads:shared_glb:input",
                                {}});
  }
  CountQuestion question;
  question.action = find_action(word, word.text.substr(0, first));
  question.node = find_memory(word, word.text.substr(first + 1, last - first - 1), architecture);
  question.role = find_role(word, word.text.substr(last + 1), einsum);
  return question;
}

}  // namespace ohmloop
