// The component library as a list.
#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/parts_json.hpp"
#include "ohmloop/report/parts_report.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

struct Group {
  const char* title;
  bool (*holds)(const ComponentClass&);
};

/// The first group that holds a class has it.
constexpr std::array<Group, 4> groups = {
    {{"memories", [](const ComponentClass& one) { return one.is_memory() && one.compute_action.empty(); }},
     {"arithmetic and storage elements", [](const ComponentClass& one) { return !one.compute_action.empty(); }},
     {"on the way of values", [](const ComponentClass& one) { return !one.passing_action.empty(); }},
     {"others", [](const ComponentClass&) { return true; }}}};

const Group& group_of(const ComponentClass& one) {
  return *std::find_if(groups.begin(), groups.end(), [&](const Group& group) { return group.holds(one); });
}

std::string first_sentence(const std::string& text) {
  const std::size_t end = text.find_first_of(".;");
  return text.substr(0, end);
}

}  // namespace

std::vector<std::string> estimators_of(const ComponentClass& component_class, const Registry& registry) {
  std::vector<std::string> names;
  for (const auto& estimator : registry.estimators()) {
    if (!estimator->on_request_only() && estimator->knows(component_class)) names.push_back(estimator->name());
  }
  return names;
}

std::string parts_table(const Registry& registry, const TableStyle& style) {
  TextTable table({{"class", "", Align::left},
                   {"what it is", "", Align::left, true},
                   {"actions", "", Align::left, true},
                   {"estimators", "", Align::left, true}});
  for (const Group& group : groups) {
    bool first = true;
    for (const auto& one : registry.classes().all()) {
      if (&group_of(*one) != &group) continue;
      if (first) table.add_row({group.title, "", "", ""});
      first = false;
      table.add_row({"  " + one->name, first_sentence(one->description), list_names(one->action_names()),
                     list_names(estimators_of(*one, registry))});
    }
  }
  return table.render(style) +
         "\n'ohmloop parts CLASS' tells its attributes, 'ohmloop parts CLASS --set ...' its numbers\n";
}

std::string parts_csv(const Registry& registry) {
  std::string text = "class,group,description,actions,estimators\n";
  for (const auto& one : registry.classes().all()) {
    text += fmt::format("{},{},{},{},{}\n", one->name, group_of(*one).title, csv_field(one->description),
                        fmt::join(one->action_names(), " "), fmt::join(estimators_of(*one, registry), " "));
  }
  return text;
}

}  // namespace ohmloop
