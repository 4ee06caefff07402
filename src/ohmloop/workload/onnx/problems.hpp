#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/model.hpp"

namespace ohmloop {

/// Collects what is wrong with one ONNX file. The file has no lines, so messages name the file and the node.
class OnnxProblems {
 public:
  explicit OnnxProblems(std::string path) : path_(std::move(path)) {}

  /// Throws InputError with all of them if there are very many already.
  void error(const std::string& message, std::vector<std::string> notes = {});
  void warning(const std::string& message, std::vector<std::string> notes = {});
  void throw_if_errors() const { found_.throw_if_errors(); }
  [[nodiscard]] std::vector<Diagnostic> warnings() const { return found_.warnings(); }

 private:
  std::string path_;
  Diagnostics found_;
  std::size_t errors_ = 0;
};

/// The node's name, else that of its first output, else its operator's.
std::string_view label(const OnnxNode& node);

/// "node 'conv1' (Conv)".
std::string describe(const OnnxNode& node);

/// "com.microsoft.FusedConv", or "Conv" in the default domain.
std::string qualified_operation(const OnnxNode& node);

/// "'a', 'b' and 7 more".
std::string list_some(const std::vector<std::string>& names);

/// An error on its own.
Diagnostic binary_problem(std::string message, std::vector<std::string> notes = {});

}  // namespace ohmloop
