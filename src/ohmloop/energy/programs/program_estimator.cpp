#include "ohmloop/energy/programs/program_estimator.hpp"

#include <map>
#include <mutex>

#include <fmt/format.h>

#include "ohmloop/energy/action_arguments.hpp"
#include "ohmloop/energy/programs/child_process.hpp"
#include "ohmloop/energy/programs/program_protocol.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t shown_bytes = 300;

std::string shortened(const std::string& text) {
  return text.size() <= shown_bytes ? text : text.substr(0, shown_bytes) + "...";
}

/// One running program; asked by one thread at a time.
class RunningProgram {
 public:
  RunningProgram(std::string command, const ProgramOptions& options)
      : command_(std::move(command)), options_(options) {}

  void start() {
    const std::optional<std::vector<std::string>> words = split_command(command_);
    if (!words) throw failure("has no name, or a quote that does not end", "", "");
    if (const auto failed = child_.start(*words)) throw failure(failed->what, "", failed->output);
  }

  /// `read` makes sense of the line, or throws ProtocolError.
  template <class Read>
  auto ask(const std::string& request, const Read& read) {
    const ChildProcess::Reply reply = child_.exchange(request, options_.timeout, options_.max_answer_bytes);
    if (reply.failure) throw failure(reply.failure->what, request, reply.failure->output);
    try {
      return read(reply.line);
    } catch (const ProtocolError& error) {
      throw failure(error.what(), request, reply.line);
    }
  }

  [[nodiscard]] InputError failure(const std::string& what, const std::string& request,
                                   const std::string& output) const {
    Diagnostic diagnostic;
    diagnostic.message = fmt::format("estimator program '{}' {}", command_, what);
    if (!request.empty()) diagnostic.notes.push_back("request: " + shortened(request));
    if (!output.empty()) diagnostic.notes.push_back("answer: " + shortened(output));
    if (!child_.error_tail().empty())
      diagnostic.notes.push_back("its standard error ends with: " + child_.error_tail());
    return InputError(std::move(diagnostic));
  }

 private:
  std::string command_;
  ProgramOptions options_;
  ChildProcess child_;
};

class ProgramEstimator final : public Estimator {
 public:
  ProgramEstimator(std::unique_ptr<RunningProgram> program, ProgramDescription description)
      : program_(std::move(program)), description_(std::move(description)) {}

  [[nodiscard]] std::string name() const override { return description_.name; }
  [[nodiscard]] std::string title() const override { return "program " + description_.name; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }
  [[nodiscard]] std::vector<std::string> classes() const override {
    std::vector<std::string> names;
    for (const ProgramClass& each : description_.classes) names.push_back(each.name);
    return names;
  }

  [[nodiscard]] Answer estimate(Query& query) const override {
    const ProgramClass& asked = *description_.find(query.component_class().name);
    const ActionSpec* action = query.action();
    if (action != nullptr && !declares(asked, action->name)) {
      return Rejection{fmt::format("declares no action '{}'", action->name)};
    }
    if (action == nullptr || action->arguments.empty() || !query.arguments().empty()) {
      return ask(asked, query, query.arguments());
    }
    return ask_costliest(asked, query);
  }

 private:
  static bool declares(const ProgramClass& asked, const std::string& action) {
    for (const ActionSpec& each : asked.actions) {
      if (each.name == action) return true;
    }
    return false;
  }

  /// Programs are always told the values of arguments.
  [[nodiscard]] Answer ask_costliest(const ProgramClass& asked, Query& query) const {
    ComponentInstance instance;
    instance.what = "class " + asked.name;
    instance.attributes = query.attributes();
    Diagnostics found;
    std::optional<std::vector<ActionArguments>> cases;
    if (const auto ranges = argument_ranges(*query.action(), instance, found)) {
      cases = argument_combinations(*ranges, query.action()->name, instance.what, {}, found);
    }
    if (!cases) throw InputError(found.all());
    std::optional<Answer> best;
    for (const ActionArguments& arguments : *cases) {
      Answer answer = ask(asked, query, arguments);
      const auto* estimate = std::get_if<Estimate>(&answer);
      const auto* known = best ? std::get_if<Estimate>(&*best) : nullptr;
      if (!best || (estimate != nullptr && (known == nullptr || estimate->value > known->value))) {
        best.emplace(std::move(answer));
      }
    }
    return *std::move(best);
  }

  [[nodiscard]] Answer ask(const ProgramClass& asked, Query& query, const ActionArguments& arguments) const {
    const std::string request = estimate_request(asked, query, arguments);
    const std::lock_guard lock(mutex_);
    const auto known = answers_.find(request);
    if (known != answers_.end()) return known->second;
    const std::int64_t id = ++last_id_;
    const Query::Subject subject = query.subject();
    Answer answer = program_->ask(
        numbered(request, id), [&](const std::string& line) { return read_answer(line, id, subject, description_); });
    return answers_.emplace(request, std::move(answer)).first->second;
  }

  std::unique_ptr<RunningProgram> program_;
  ProgramDescription description_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Answer> answers_;
  mutable std::int64_t last_id_ = 1;
};

void join_classes(Registry& registry, const ProgramDescription& description, const RunningProgram& program) {
  for (const ProgramClass& each : description.classes) {
    const ComponentClass* known = registry.classes().find(each.name);
    if (known == nullptr) {
      registry.classes().add(declared_class(each, description.name));
    } else if (const std::string wrong = misfit(each, *known); !wrong.empty()) {
      throw program.failure(wrong, "", "");
    }
  }
}

}  // namespace

void add_estimator_program(Registry& registry, const std::string& command, Diagnostics& diagnostics,
                           const ProgramOptions& options) {
  try {
    auto program = std::make_unique<RunningProgram>(command, options);
    program->start();
    const auto read = [](const std::string& line) { return read_description(line, 1); };
    ProgramDescription description = program->ask(describe_request(1), read);
    if (registry.find(description.name) != nullptr) {
      throw program->failure(fmt::format("calls itself '{}', as another estimator does", description.name), "", "");
    }
    join_classes(registry, description, *program);
    registry.add_in_front(std::make_unique<ProgramEstimator>(std::move(program), std::move(description)));
  } catch (const InputError& error) {
    for (const Diagnostic& each : error.diagnostics()) {
      diagnostics.error(each.message, each.where, each.label, each.notes);
    }
  }
}

}  // namespace ohmloop
