#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "vectors.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ohmloop/inference/interpret.hpp"
#include "ohmloop/inference/operators/operator_table.hpp"
#include "ohmloop/inference/program.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {
namespace {

constexpr double relative = 1e-3;
constexpr double absolute = 1e-5;

/// Cases that a form does not run, each with its reason: left_out.csv. A case that `plain` leaves out has no other
/// form.
using LeftOut = std::map<std::string, std::string>;

LeftOut left_out(const std::string& form) {
  std::ifstream file(std::string(OHMLOOP_SOURCE_DIR) + "/tests/conformance/onnx_operators/left_out.csv");
  LeftOut rows;
  std::string line;
  for (std::getline(file, line); std::getline(file, line);) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    if (line.substr(0, first) == form) rows[line.substr(first + 1, second - first - 1)] = line.substr(second + 1);
  }
  return rows;
}

bool has_graph(const ::onnx::NodeProto& node) {
  return std::any_of(node.attribute().begin(), node.attribute().end(), [](const auto& one) { return one.has_g(); });
}

/// Why nothing here runs a case, as far as the model itself says it.
std::string reason_in(const VectorCase& one) {
  std::set<std::string> unknown;
  for (const auto& node : one.model.graph().node()) {
    const bool known = node.domain().empty() && find_operator(node.op_type()) != nullptr && !has_graph(node);
    if (!known) unknown.insert(node.op_type());
  }
  if (!unknown.empty()) return fmt::format("operator {}", fmt::join(unknown, " "));
  return has_other_values(one.model.graph()) ? "sequences or optional values" : "";
}

std::string path_of(const VectorCase& one) { return (one.folder / "model.onnx").string(); }

using Run = std::function<std::vector<TensorData>(const VectorCase&, const DataSet&)>;

/// What differs, or went wrong; empty for a case that passes.
std::string outcome(const VectorCase& one, const Run& run) {
  for (const DataSet& set : data_sets(one)) {
    const std::vector<TensorData> outputs = run(one, set);
    if (outputs.size() != set.outputs.size()) return "another number of outputs";
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const std::string differs = difference(outputs[i], set.outputs[i], relative, absolute);
      if (!differs.empty()) return fmt::format("output {}: {}", i, differs);
    }
  }
  return "";
}

/// Why a case is not run, or "" if it is; failures of cases that are run are the test's.
std::string run_case(const VectorCase& one, const Run& run, const LeftOut& rows) {
  const std::string reason = reason_in(one);
  if (!reason.empty()) return reason;
  const auto row = rows.find(one.name);
  std::string failed;
  try {
    failed = outcome(one, run);
  } catch (const InputError& error) {
    // Only what is refused may be left out: never a wrong number.
    if (row != rows.end()) return row->second;
    failed = error.what();
  }
  EXPECT_EQ(failed, "") << one.name;
  return "";
}

void run_all(const std::string& form, const Run& run) {
  if (vectors_folder().empty()) GTEST_SKIP() << "Debian's libonnx-testdata is not installed";
  const LeftOut rows = left_out(form);
  const LeftOut without_form = form == "plain" ? LeftOut{} : left_out("plain");
  LeftOut found;
  std::map<std::string, int> reasons;
  int run_cases = 0;
  for (const VectorCase& one : all_cases()) {
    if (without_form.count(one.name) != 0) continue;
    const std::string reason = run_case(one, run, rows);
    if (reason.empty()) {
      ++run_cases;
    } else {
      found[one.name] = reason;
      ++reasons[reason];
    }
  }
  fmt::print("ONNX operator vectors, {}: {} cases run, {} left out", form, run_cases, found.size());
  if (!without_form.empty()) fmt::print(", without the {} that plain forms leave out", without_form.size());
  fmt::print("\n");
  for (const auto& [reason, count] : reasons) fmt::print("  {:3} {}\n", count, reason);
  EXPECT_EQ(found, rows) << "tests/conformance/onnx_operators/left_out.csv lists other cases";
}

std::vector<TensorData> run_program(const Graph& graph, std::span<const TensorData> inputs) {
  const Program program(graph, 1);
  Session session(program);
  for (std::size_t i = 0; i < program.inputs(); ++i) {
    if (inputs[i].type() == ElementType::float32) {
      const auto values = inputs[i].values<float>();
      std::copy(values.begin(), values.end(), session.input(i).begin());
    } else {
      session.set_input(i, inputs[i]);
    }
  }
  session.run({0, static_cast<std::size_t>(program.batch())});
  std::vector<TensorData> outputs;
  for (std::size_t i = 0; i < graph.outputs.size(); ++i) outputs.push_back(session.output(i));
  return outputs;
}

TEST(OnnxOperators, PlainFormsGiveTheRecordedOutputs) {
  run_all("plain", [](const VectorCase& one, const DataSet& set) {
    return interpret(read_graph_bytes(one.model.SerializeAsString(), path_of(one)), set.inputs);
  });
}

TEST(OnnxOperators, ProgramsGiveTheRecordedOutputs) {
  run_all("program", [](const VectorCase& one, const DataSet& set) {
    return run_program(read_graph_bytes(one.model.SerializeAsString(), path_of(one)), set.inputs);
  });
}

/// All inputs but the first are weights, as networks have them.
TEST(OnnxOperators, SimplifiedProgramsWithWeightsGiveTheRecordedOutputs) {
  run_all("program with weights", [](const VectorCase& one, const DataSet& set) {
    ::onnx::ModelProto model = one.model;
    for (std::size_t i = 1; i < set.inputs.size(); ++i) {
      ::onnx::TensorProto& weights = *model.mutable_graph()->add_initializer();
      weights = set.protos[i];
      weights.set_name(model.graph().input(static_cast<int>(i)).name());
    }
    const Graph graph = simplify(read_graph_bytes(model.SerializeAsString(), path_of(one)));
    return run_program(graph, std::span(set.inputs).first(graph.inputs.size()));
  });
}

}  // namespace
}  // namespace ohmloop
