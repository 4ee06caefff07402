#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/arch/node_reader.hpp"
#include "ohmloop/arch/read_loops.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t most_copies = 1'000'000'000;
constexpr std::int64_t widest_access = 1'000'000'000;

/// Classes that add partial sums on their way up unless the file says otherwise.
constexpr std::array<std::string_view, 2> reducing_classes = {"shift_add", "adder_tree"};

bool has_role(const std::vector<std::pair<Role, SourceSpan>>& roles, Role role) {
  return std::any_of(roles.begin(), roles.end(), [&](const auto& each) { return each.first == role; });
}

ByRole<Placement> read_placement(NodeReader& reader) {
  ByRole<Placement> placement = {Placement::free, Placement::free, Placement::free};
  const auto keep = read_roles(reader.keys(), "keep", reader.diagnostics());
  for (const auto& [role, where] : keep) placement[role_index(role)] = Placement::keep;
  for (const auto& [role, where] : read_roles(reader.keys(), "bypass", reader.diagnostics())) {
    if (has_role(keep, role)) {
      reader.diagnostics().error(
          fmt::format("{} cannot both keep and bypass '{}'", reader.keys().what(), to_string(role)), where);
    }
    placement[role_index(role)] = Placement::bypass;
  }
  return placement;
}

std::optional<std::int64_t> read_size(NodeReader& reader) {
  const YamlNode* size = reader.keys().node("size");
  if (size == nullptr || (size->is_scalar() && size->scalar == "unlimited")) return std::nullopt;
  const auto bits = reader.keys().integer("size", dimension::bits, 1);
  if (bits) reader.set_attribute("size", dimension::bits, static_cast<double>(*bits), true);
  return bits;
}

bool read_windows(NodeReader& reader, const Memory& memory) {
  static const std::vector<std::string> choices = {"tensor", "windows"};
  if (reader.keys().choice("holds", choices) != "windows") return false;
  const SourceSpan where = reader.keys().node("holds")->span;
  if (!reader.context().has_array) {
    reader.diagnostics().error(fmt::format("{} cannot hold windows", reader.keys().what()), where,
                               "only the rows of an !Array see windows");
  }
  if (memory.placement[role_index(Role::input)] == Placement::bypass) {
    reader.diagnostics().error(fmt::format("{} bypasses the input, so that it holds no windows", reader.keys().what()),
                               where);
  }
  return true;
}

void read_bandwidths(NodeReader& reader, Memory& memory) {
  const std::optional<double> both = reader.bandwidth("bandwidth");
  memory.read_bandwidth_bits_per_cycle = both;
  memory.write_bandwidth_bits_per_cycle = both;
  if (const auto reading = reader.bandwidth("read_bandwidth")) memory.read_bandwidth_bits_per_cycle = reading;
  if (const auto writing = reader.bandwidth("write_bandwidth")) memory.write_bandwidth_bits_per_cycle = writing;
}

ByRole<bool> read_sharing(NodeReader& reader) {
  ByRole<bool> shares = {true, true, true};
  MapReader& keys = reader.keys();
  const bool named = keys.has("shares");
  const auto shared = read_roles(keys, "shares", reader.diagnostics());
  if (named) shares = {has_role(shared, Role::input), has_role(shared, Role::weight), has_role(shared, Role::output)};
  const bool excluded = keys.has("separate");
  for (const auto& [role, where] : read_roles(keys, "separate", reader.diagnostics())) shares[role_index(role)] = false;
  if (named && excluded) {
    reader.diagnostics().error(fmt::format("{} has both 'shares' and 'separate'", keys.what()),
                               keys.key_span("separate"), "one of them says it all");
  }
  return shares;
}

/// Loops that must be there at least may not need more copies than there are.
void check_room(NodeReader& reader, const Fanout& fanout) {
  std::int64_t needed = 1;
  for (const FactorConstraint& factor : fanout.loops.factors) {
    if (factor.relation == Relation::at_most) continue;
    needed = factor.bound > fanout.count ? fanout.count + 1 : checked_multiply(needed, factor.bound);
    if (needed <= fanout.count) continue;
    reader.diagnostics().error(
        fmt::format("the loops of {} need more than its {} copies", reader.keys().what(), fanout.count), factor.where);
    return;
  }
}

/// The node's own clock.
void read_rate(NodeReader& reader) {
  const std::optional<double> rate = reader.keys().number("rate", dimension::frequency);
  if (!rate) return;
  if (!(*rate > 0)) {
    reader.diagnostics().error(fmt::format("'rate' of {} must be more than 0", reader.keys().what()),
                               reader.keys().node("rate")->span, "as in 1.2 GHz");
    return;
  }
  reader.set_attribute("rate", dimension::frequency, *rate, true);
  if (!reader.node().step_seconds) reader.node().step_seconds = 1.0 / *rate;
}

std::set<DigitalKind> read_served(NodeReader& reader) {
  std::vector<std::string> names;
  for (const DigitalKind kind : all_digital_kinds) names.emplace_back(to_string(kind));
  std::set<DigitalKind> served;
  for (const PlacedWord& word : read_words(reader.keys(), "serves", reader.diagnostics())) {
    const auto found = std::find(names.begin(), names.end(), word.text);
    if (found == names.end()) {
      reader.diagnostics().error(
          fmt::format("unknown kind of operators '{}' in 'serves' of {}", word.text, reader.keys().what()), word.where,
          did_you_mean(word.text, names), {"kinds: " + list_names(names)});
    } else {
      served.insert(all_digital_kinds[static_cast<std::size_t>(found - names.begin())]);
    }
  }
  return served;
}

}  // namespace

void read_memory(NodeReader& reader) {
  Memory memory;
  memory.placement = read_placement(reader);
  memory.size_bits = read_size(reader);
  if (const auto width = reader.keys().integer_in_bits("width", 1, widest_access)) {
    memory.width_bits = *width;
    reader.set_attribute("width", dimension::bits, static_cast<double>(*width), true);
  }
  if (memory.size_bits && memory.width_bits > *memory.size_bits) {
    reader.diagnostics().error(fmt::format("{} is smaller than one access of it", reader.keys().what()),
                               reader.keys().node("width")->span,
                               fmt::format("{} bit, but the size is {} bit", memory.width_bits, *memory.size_bits));
  }
  memory.holds_windows = read_windows(reader, memory);
  read_bandwidths(reader, memory);
  memory.loops = read_loops_key(reader.keys(), reader.context());
  reader.node().body = std::move(memory);
}

void read_container(NodeReader& reader) {
  Fanout fanout;
  fanout.count = reader.required_count("fanout", 1, most_copies).value_or(1);
  fanout.shares = read_sharing(reader);
  fanout.loops = read_loops_key(reader.keys(), reader.context());
  check_room(reader, fanout);
  reader.node().body = std::move(fanout);
}

void read_converter(NodeReader& reader) {
  Converter converter;
  reader.keys().required_node("passes");
  const auto roles = read_roles(reader.keys(), "passes", reader.diagnostics());
  for (const auto& [role, where] : roles) converter.passes[role_index(role)] = true;
  if (const YamlNode* list = reader.keys().node("passes");
      list != nullptr && list->is_sequence() && list->items.empty()) {
    reader.diagnostics().error(fmt::format("nothing passes {}", reader.keys().what()), list->span,
                               "name at least one role, or make it a !Component");
  }
  const auto& reducing = reducing_classes;
  converter.reduces = std::find(reducing.begin(), reducing.end(), reader.node().class_name) != reducing.end();
  if (const auto reduces = reader.keys().boolean("reduces")) converter.reduces = *reduces;
  if (converter.reduces && !roles.empty() && !has_role(roles, Role::output)) {
    reader.diagnostics().error(fmt::format("{} adds partial sums, but no output passes it", reader.keys().what()),
                               reader.keys().key_span("passes"));
  }
  converter.shared_by = reader.count("shared_by", 1, most_copies).value_or(1);
  // Its bounds are told with what the array needs: check_converters.
  if (const auto bits = reader.keys().integer_in_bits("resolution", 0, 1'000'000)) {
    reader.set_attribute("resolution", dimension::bits, static_cast<double>(*bits), false);
  }
  read_rate(reader);
  reader.node().body = converter;
}

void read_component(NodeReader& reader) {
  Component component;
  component.count = reader.count("count", 1, most_copies).value_or(1);
  component.serves = read_served(reader);
  // Of a part that serves nothing, a rate is an attribute of its class.
  if (!component.serves.empty()) read_rate(reader);
  reader.node().body = component;
}

void read_compute(NodeReader& reader) { reader.node().body = Compute{}; }

}  // namespace ohmloop
