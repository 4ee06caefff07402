#include "ohmloop/energy/compound_checks.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

class CompoundChecker {
 public:
  CompoundChecker(const CompoundLibrary& library, const ClassLibrary& primitives, Diagnostics& diagnostics)
      : library_(library),
        primitives_(primitives),
        diagnostics_(diagnostics),
        classes_(library.known_classes(primitives)) {}

  void run() {
    std::set<std::string> names;
    for (const CompoundClass& compound : library_.classes()) {
      check_name(compound, names);
      for (const Subcomponent& part : compound.subcomponents) check_class(compound, part);
      check_parts_unique(compound);
      for (const CompoundAction& action : compound.actions) {
        check_arguments_of(compound, action);
        check_steps(compound, action);
      }
      check_passing(compound);
    }
    for (const CompoundClass& compound : library_.classes()) follow(compound);
  }

 private:
  void check_name(const CompoundClass& compound, std::set<std::string>& names) {
    if (primitives_.find(compound.name) != nullptr) {
      const char* kind = primitives_.is_built_in(compound.name) ? "a built-in component class" : "a class of a table";
      diagnostics_.error(fmt::format("'{}' is {}", compound.name, kind), compound.where, "choose another name");
    }
    if (!names.insert(compound.name).second) {
      diagnostics_.error(fmt::format("compound component '{}' is defined twice", compound.name), compound.where);
    }
  }

  void check_class(const CompoundClass& compound, const Subcomponent& part) {
    if (library_.find(part.class_name) != nullptr || primitives_.find(part.class_name) != nullptr) return;
    diagnostics_.error(
        fmt::format("unknown class '{}' of subcomponent '{}' of '{}'", part.class_name, part.name, compound.name),
        part.where, did_you_mean(part.class_name, classes_), {"classes: " + list_names(classes_)});
  }

  void check_parts_unique(const CompoundClass& compound) {
    std::set<std::string> names;
    for (const Subcomponent& part : compound.subcomponents) {
      if (names.insert(part.name).second) continue;
      diagnostics_.error(fmt::format("'{}' has two subcomponents '{}'", compound.name, part.name), part.where);
    }
    std::set<std::string> actions;
    for (const CompoundAction& action : compound.actions) {
      if (actions.insert(action.name).second) continue;
      diagnostics_.error(fmt::format("'{}' has two actions '{}'", compound.name, action.name), action.where);
    }
  }

  void check_steps(const CompoundClass& compound, const CompoundAction& action) {
    for (const CompoundStep& step : action.steps) {
      const Subcomponent* part = compound.subcomponent(step.component);
      if (part == nullptr) {
        std::vector<std::string> names;
        for (const Subcomponent& each : compound.subcomponents) names.push_back(each.name);
        diagnostics_.error(fmt::format("'{}' has no subcomponent '{}'", compound.name, step.component), step.where,
                           did_you_mean(step.component, names), {"subcomponents: " + list_names(names)});
        continue;
      }
      check_step_action(*part, step);
    }
  }

  void check_arguments_of(const CompoundClass& compound, const CompoundAction& action) {
    for (const CompoundArgument& argument : action.arguments) {
      if (compound.attribute(argument.name) == nullptr) continue;
      diagnostics_.error(fmt::format("argument '{}' of action '{}' has the name of an attribute of '{}'", argument.name,
                                     action.name, compound.name),
                         argument.where, "choose another name");
    }
  }

  void check_step_action(const Subcomponent& part, const CompoundStep& step) {
    std::vector<std::string> actions;
    std::vector<std::string> arguments;
    if (const CompoundClass* inner = library_.find(part.class_name)) {
      for (const CompoundAction& each : inner->actions) actions.push_back(each.name);
      if (const CompoundAction* action = inner->action(step.action)) {
        for (const CompoundArgument& each : action->arguments) arguments.push_back(each.name);
      }
    } else if (const ComponentClass* primitive = primitives_.find(part.class_name)) {
      actions = primitive->action_names();
      if (const ActionSpec* action = primitive->action(step.action)) {
        for (const ActionArgumentSpec& each : action->arguments) arguments.push_back(each.name);
      }
    } else {
      return;
    }
    if (std::find(actions.begin(), actions.end(), step.action) != actions.end()) {
      return check_step_arguments(part, step, arguments);
    }
    diagnostics_.error(fmt::format("class {} has no action '{}'", part.class_name, step.action), step.where,
                       did_you_mean(step.action, actions), {"actions: " + list_names(actions)});
  }

  void check_step_arguments(const Subcomponent& part, const CompoundStep& step, const std::vector<std::string>& known) {
    for (const YamlEntry& entry : step.arguments) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      diagnostics_.error(
          fmt::format("'{}' of class {} has no argument '{}'", step.action, part.class_name, entry.key), entry.key_span,
          did_you_mean(entry.key, known),
          {known.empty() ? fmt::format("'{}' has no arguments", step.action) : "arguments: " + list_names(known)});
    }
  }

  void check_passing(const CompoundClass& compound) {
    if (compound.passing_action.empty() || compound.action(compound.passing_action) != nullptr) return;
    std::vector<std::string> actions;
    for (const CompoundAction& each : compound.actions) actions.push_back(each.name);
    diagnostics_.error(
        fmt::format("'passes_with' of '{}' names no action: '{}'", compound.name, compound.passing_action),
        compound.where, did_you_mean(compound.passing_action, actions));
  }

  /// Walks into the parts; a compound that is met again on the way down contains itself.
  void follow(const CompoundClass& compound) {
    if (finished_.contains(compound.name)) return;
    path_.push_back(compound.name);
    for (const Subcomponent& part : compound.subcomponents) {
      const CompoundClass* inner = library_.find(part.class_name);
      if (inner == nullptr) continue;
      const auto start = std::find(path_.begin(), path_.end(), inner->name);
      if (start == path_.end()) {
        follow(*inner);
        continue;
      }
      std::string loop;
      for (auto at = start; at != path_.end(); ++at) loop += *at + " > ";
      diagnostics_.error(fmt::format("compound component '{}' contains itself", inner->name), part.where,
                         loop + inner->name);
    }
    path_.pop_back();
    finished_.insert(compound.name);
  }

  const CompoundLibrary& library_;
  const ClassLibrary& primitives_;
  Diagnostics& diagnostics_;
  std::vector<std::string> classes_;
  std::vector<std::string> path_;
  std::set<std::string> finished_;
};

}  // namespace

void check_compound_classes(const CompoundLibrary& library, const ClassLibrary& classes, Diagnostics& diagnostics) {
  CompoundChecker(library, classes, diagnostics).run();
}

}  // namespace ohmloop
