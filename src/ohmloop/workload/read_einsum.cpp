#include "ohmloop/workload/read_einsum.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t largest_size = std::int64_t{1} << 40;
constexpr std::int64_t widest_element = 64;
constexpr std::size_t most_ranks = 32;
constexpr std::size_t most_axes = 32;

bool is_rank_name(const std::string& name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && letter(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

class EinsumReader {
 public:
  EinsumReader(MapReader& layer, Diagnostics& diagnostics) : layer_(layer), diagnostics_(diagnostics) {}

  std::optional<EinsumLayer> read(const std::string& name) {
    result_.einsum.name = name;
    result_.einsum.weight_is_activation = layer_.boolean("weight_is_activation").value_or(false);
    read_ranks();
    read_tensors();
    if (diagnostics_.has_errors()) return std::nullopt;
    check_use();
    if (diagnostics_.has_errors()) return std::nullopt;
    validate(result_.einsum);
    return std::move(result_);
  }

 private:
  Einsum& einsum() { return result_.einsum; }

  void read_ranks() {
    const YamlNode* ranks = layer_.required_node("ranks");
    if (ranks == nullptr) return;
    if (!ranks->is_map() || ranks->entries.empty() || ranks->entries.size() > most_ranks) {
      diagnostics_.error(fmt::format("expected a map of 1 .. {} ranks with their sizes", most_ranks), ranks->span,
                         "as in {M: 64, C: 32, E: 14}");
      return;
    }
    MapReader sizes(*ranks, "the ranks", scope_, diagnostics_);
    for (const YamlEntry& entry : ranks->entries) {
      if (!is_rank_name(entry.key)) {
        diagnostics_.error(fmt::format("'{}' is no name of a rank", entry.key), entry.key_span,
                           "letters, digits and '_', a letter first");
      }
      einsum().ranks.push_back({entry.key, sizes.integer(entry.key, dimension::none, 1, largest_size).value_or(1)});
    }
  }

  void read_tensors() {
    const YamlNode* tensors = layer_.required_node("tensors");
    if (tensors == nullptr) return;
    if (!tensors->is_sequence()) {
      diagnostics_.error(fmt::format("expected a list of tensors, found {}", kind_name(*tensors)), tensors->span,
                         "one each with the role input, weight and output");
      return;
    }
    std::array<std::optional<Tensor>, 3> found;
    for (const YamlNode& item : tensors->items) read_tensor(item, found);
    for (const Role role : all_roles) {
      std::optional<Tensor>& tensor = found[static_cast<std::size_t>(role)];
      if (tensor) {
        einsum().tensors.push_back(*std::move(tensor));
      } else if (!diagnostics_.has_errors()) {
        diagnostics_.error(fmt::format("the layer has no tensor with the role {}", to_string(role)), tensors->span,
                           "one each with the role input, weight and output");
      }
    }
  }

  void read_tensor(const YamlNode& item, std::array<std::optional<Tensor>, 3>& found) {
    MapReader keys(item, "a tensor", scope_, diagnostics_);
    if (!item.is_map()) return;
    static const std::array<std::string, 3> roles = {"input", "weight", "output"};
    Tensor tensor;
    const bool has_role = keys.required_node("role") != nullptr;
    const std::optional<std::string> role = has_role ? keys.choice("role", roles) : std::nullopt;
    tensor.name = keys.text("name").value_or(role.value_or("tensor"));
    if (const YamlNode* axes = keys.required_node("axes")) tensor.axes = read_axes(*axes);
    if (const YamlNode* axes = keys.node("window_axes")) tensor.window_axes = read_axes(*axes);
    const std::optional<std::int64_t> bits = keys.integer_in_bits("bits", 1, widest_element);
    tensor.bits = static_cast<int>(bits.value_or(1));
    keys.finish();
    if (!role) return;
    const auto index = static_cast<std::size_t>(std::find(roles.begin(), roles.end(), *role) - roles.begin());
    tensor.role = all_roles[index];
    result_.states_bits[index] = bits.has_value();
    if (tensor.role == Role::output) check_output(tensor, item);
    if (tensor.role != Role::input && !tensor.window_axes.empty()) {
      diagnostics_.error("only the input has window axes", keys.key_span("window_axes"));
    }
    if (found[index]) {
      diagnostics_.error(fmt::format("a second tensor has the role {}", *role), keys.node("role")->span,
                         fmt::format("'{}' has it already", found[index]->name));
    }
    found[index] = std::move(tensor);
  }

  std::vector<Axis> read_axes(const YamlNode& axes) {
    std::vector<Axis> result;
    if (!axes.is_sequence() || axes.items.size() > most_axes) {
      diagnostics_.error(fmt::format("expected a list of up to {} axes", most_axes), axes.span, "as in [C, 2*E + R]");
      return result;
    }
    for (const YamlNode& item : axes.items) {
      if (std::optional<Axis> axis = item.is_map() ? read_named_axis(item) : make_axis(item, std::nullopt)) {
        result.push_back(*std::move(axis));
      }
    }
    return result;
  }

  std::optional<Axis> read_named_axis(const YamlNode& item) {
    MapReader keys(item, "an axis", scope_, diagnostics_);
    const std::optional<std::string> name = keys.text("name");
    const std::optional<std::int64_t> size = keys.integer("size", dimension::none, 1, largest_size);
    const bool wrong_size = keys.has("size") && !size;
    const YamlNode* position = keys.required_node("position");
    keys.finish();
    if (position == nullptr || wrong_size) return std::nullopt;
    std::optional<Axis> axis = make_axis(*position, size);
    if (axis && name) axis->name = *name;
    return axis;
  }

  std::optional<Axis> make_axis(const YamlNode& position, std::optional<std::int64_t> size) {
    const std::optional<Projection> read = read_projection(position, einsum().ranks, diagnostics_);
    if (!read) return std::nullopt;
    if (!size && read->offset < 0) {
      diagnostics_.error(fmt::format("'{}' reaches into padding: the axis needs its size", position.scalar),
                         position.span, fmt::format("as in {{position: {}, size: 14}}", position.scalar));
      return std::nullopt;
    }
    try {
      const std::int64_t largest = largest_position(*read, einsum().ranks);
      return Axis{default_axis_name(*read, einsum().ranks), read->terms, read->offset,
                  size ? *size : checked_add(largest, 1)};
    } catch (const OverflowError&) {
      diagnostics_.error(fmt::format("the positions of '{}' leave 64 bits", position.scalar), position.span);
      return std::nullopt;
    }
  }

  /// A sum goes to one element: every output axis is a rank of its own.
  void check_output(const Tensor& tensor, const YamlNode& item) {
    std::vector<RankId> seen;
    for (std::size_t i = 0; i < tensor.axes.size(); ++i) {
      const Axis& axis = tensor.axes[i];
      const bool plain = axis.terms.size() == 1 && axis.offset == 0 && axis.terms[0] == AxisTerm{axis.terms[0].rank};
      const SourceSpan& where = item.find("axes")->items.at(std::min(i, item.find("axes")->items.size() - 1)).span;
      if (!plain || axis.size != einsum().rank(axis.terms[0].rank).size) {
        diagnostics_.error(fmt::format("the output's axis '{}' is not one rank, whole", axis.name), where,
                           "every axis of the output is a rank of its own");
      } else if (std::find(seen.begin(), seen.end(), axis.terms[0].rank) != seen.end()) {
        diagnostics_.error(fmt::format("two axes of the output are {}", axis.name), where);
      } else {
        seen.push_back(axis.terms[0].rank);
      }
    }
  }

  void check_use() {
    const YamlNode* ranks = layer_.node("ranks");
    for (std::size_t i = 0; i < einsum().ranks.size(); ++i) {
      const bool used = std::any_of(all_roles.begin(), all_roles.end(),
                                    [&](Role role) { return einsum().relevant(RankId(i), role); });
      if (used) continue;
      diagnostics_.error(fmt::format("no tensor uses rank '{}'", einsum().ranks[i].name), ranks->entries[i].key_span,
                         "it would only repeat the work: leave it out");
    }
  }

  MapReader& layer_;
  Diagnostics& diagnostics_;
  EmptyScope scope_;
  EinsumLayer result_;
};

}  // namespace

std::string default_axis_name(const Projection& projection, const std::vector<Rank>& ranks) {
  return to_text(projection, ranks);
}

std::optional<EinsumLayer> read_einsum(MapReader& layer, const std::string& name, Diagnostics& diagnostics) {
  return EinsumReader(layer, diagnostics).read(name);
}

}  // namespace ohmloop
