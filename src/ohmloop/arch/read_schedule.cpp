#include "ohmloop/arch/read_schedule.hpp"

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

using Words = std::vector<std::string>;

constexpr std::int64_t most_chips = 1'000'000;

void read_choices(MapReader& keys, Schedule& schedule) {
  const auto order = keys.choice("order", Words{"one_after_another", "pipelined"});
  if (order == "pipelined") schedule.order = LayerOrder::pipelined;
  const auto weights = keys.choice("weights", Words{"more_chips", "reload", "one_chip"});
  if (weights == "reload") schedule.weights = WeightResidence::reload;
  if (weights == "one_chip") schedule.weights = WeightResidence::one_chip;
  const auto copies = keys.choice("copies", Words{"one", "balanced"});
  if (copies == "balanced") schedule.copies = LayerCopies::balanced;
  if (keys.node("chips") != nullptr) schedule.chips = keys.integer("chips", dimension::none, 1, most_chips);
}

void read_link(MapReader& keys, Architecture& architecture, Diagnostics& diagnostics) {
  const std::optional<std::string> name = keys.text("link");
  if (!name) return;
  const std::optional<NodeId> found = architecture.find(*name);
  if (found && architecture.node(*found).as<Component>() != nullptr) {
    architecture.schedule.link = *found;
    return;
  }
  Words components;
  for (const Node& node : architecture.nodes) {
    if (node.as<Component>() != nullptr) components.push_back(node.name);
  }
  Words notes;
  if (!components.empty()) notes.push_back("components: " + list_names(components));
  diagnostics.error(fmt::format("no !Component of this file is called '{}'", *name), keys.node("link")->span,
                    did_you_mean(*name, components), notes);
}

/// Layers that work at once are all there at once; copies are of what is all there.
void check_choices(MapReader& keys, const Schedule& schedule, Diagnostics& diagnostics) {
  const bool reload = schedule.weights == WeightResidence::reload;
  if (reload && schedule.order == LayerOrder::pipelined) {
    diagnostics.error("layers that work at once cannot take turns in the arrays", keys.node("weights")->span,
                      "more_chips or one_chip", {"or order: one_after_another"});
  }
  if (reload && schedule.copies == LayerCopies::balanced) {
    diagnostics.error("copies are for arrays that are left over, reloads for too few of them",
                      keys.node("copies")->span, "one");
  }
  const bool several = schedule.chips && *schedule.chips > 1;
  if (several && schedule.weights == WeightResidence::one_chip) {
    diagnostics.error("one chip that holds all weights cannot be several", keys.node("chips")->span, "1",
                      {"or weights: more_chips, which takes no more than 'chips' says"});
  }
}

}  // namespace

void read_schedule(MapReader& file, const ReadContext& context, Architecture& architecture) {
  if (architecture.array) architecture.schedule.where = architecture.node(architecture.array->cells).where;
  const YamlNode* map = file.node("schedule");
  if (map == nullptr) return;
  if (!context.has_array) {
    context.diagnostics.error("only a chip with an !Array has weights to place", file.key_span("schedule"),
                              "leave it out: layers run one after another");
    return;
  }
  const auto* cells = architecture.array ? architecture.node(architecture.array->cells).as<Memory>() : nullptr;
  if (cells != nullptr && !cells->resident) {
    context.diagnostics.error("weights that do not stay in their arrays have no schedule", file.key_span("schedule"),
                              "the !Array says resident: false");
  }
  MapReader keys(*map, "'schedule'", context.scope, context.diagnostics);
  read_choices(keys, architecture.schedule);
  read_link(keys, architecture, context.diagnostics);
  if (const YamlNode* weights = keys.node("weights")) architecture.schedule.where = weights->span;
  check_choices(keys, architecture.schedule, context.diagnostics);
  keys.finish();
}

}  // namespace ohmloop
