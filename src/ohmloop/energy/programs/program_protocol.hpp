#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "ohmloop/energy/class_library.hpp"
#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// What a program says is nonsense: a phrase that follows its name.
class ProtocolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An attribute that a program wants to know, in its unit.
struct ProgramAttribute {
  std::string name;
  std::string unit;
  double in_base = 1;  ///< one unit in base units
  Dimension dimension = {};
  bool word = false;
};

struct ProgramClass {
  std::string name;
  std::vector<ProgramAttribute> attributes;
  std::vector<ActionSpec> actions;
};

/// A program's answer to `describe`.
struct ProgramDescription {
  std::string name;
  double accuracy_percent = 0;
  std::vector<ProgramClass> classes;

  [[nodiscard]] const ProgramClass* find(std::string_view class_name) const;
};

/// The messages of docs/estimators.md, "Programs": one JSON object per line. The read_* functions throw ProtocolError
/// on anything else than what stands there: no JSON, missing or unknown keys, unknown units, wrong dimensions, NaN and
/// negative numbers, another id.
std::string describe_request(std::int64_t id);
ProgramDescription read_description(const std::string& line, std::int64_t id);

/// Without id, so that equal requests are equal texts; `numbered` adds it.
std::string estimate_request(const ProgramClass& program_class, Query& query, const ActionArguments& arguments);
std::string numbered(const std::string& request, std::int64_t id);
Answer read_answer(const std::string& line, std::int64_t id, Query::Subject subject,
                   const ProgramDescription& description);

/// The class of a program as the library's: attributes of any value, actions as described.
ComponentClass declared_class(const ProgramClass& program_class, const std::string& program);
/// What a program says about a class that exists: attributes of other dimensions or names, actions that it does not
/// have. Empty: nothing.
std::string misfit(const ProgramClass& program_class, const ComponentClass& known);

}  // namespace ohmloop
