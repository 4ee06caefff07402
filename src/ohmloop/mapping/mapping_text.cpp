#include <fmt/format.h>

#include "ohmloop/mapping/mapping.hpp"
#include "ohmloop/mapping/nest.hpp"
#include "ohmloop/mapping/tile_image.hpp"
#include "ohmloop/text/yaml_name.hpp"

namespace ohmloop {
namespace {

/// "3x16x16 = 768": the sides of a tile that are longer than one, and its size.
std::string tile_text(const std::vector<std::int64_t>& sides, std::int64_t elements) {
  std::string product;
  int factors = 0;
  for (const std::int64_t side : sides) {
    if (side == 1) continue;
    product += fmt::format("{}{}", product.empty() ? "" : "x", side);
    ++factors;
  }
  return factors > 1 ? fmt::format("{} = {}", product, elements) : fmt::format("{}", elements);
}

std::string keep_text(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                      std::size_t position) {
  const Keep& keep = std::get<Keep>(mapping.steps[position]);
  const Node& node = architecture.node(keep.node);
  const auto sides = largest_tile(einsum, axes_at(einsum.tensor(keep.role), node),
                                  tile_extents(einsum, nest_loops(einsum, mapping), position));
  return fmt::format("{} keeps {} ({})", node.name, to_string(keep.role),
                     tile_text(sides, tile_elements(einsum, architecture, mapping, position)));
}

}  // namespace

std::string to_text(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  std::string text;
  std::size_t depth = 0;
  for (std::size_t position = 0; position < mapping.steps.size(); ++position) {
    text.append(2 * depth, ' ');
    if (const Loop* loop = std::get_if<Loop>(&mapping.steps[position])) {
      text += fmt::format("for {} in 0..{}", einsum.rank(loop->rank).name, loop->bound - 1);
      if (loop->fanout) text += " across " + architecture.node(*loop->fanout).name;
      ++depth;
    } else {
      text += keep_text(einsum, architecture, mapping, position);
    }
    text += '\n';
  }
  text.append(2 * depth, ' ');
  return text + architecture.node(architecture.compute()).name + " computes\n";
}

std::string to_yaml(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  std::string text = "mapping:\n";
  for (const MappingStep& step : mapping.steps) {
    if (const Loop* loop = std::get_if<Loop>(&step)) {
      text += fmt::format("- {{for: {}, bound: {}", yaml_name(einsum.rank(loop->rank).name), loop->bound);
      if (loop->fanout) text += ", across: " + yaml_name(architecture.node(*loop->fanout).name);
    } else {
      const Keep& keep = std::get<Keep>(step);
      text +=
          fmt::format("- {{keep: {}, tensor: {}", yaml_name(architecture.node(keep.node).name), to_string(keep.role));
    }
    text += "}\n";
  }
  return text;
}

}  // namespace ohmloop
