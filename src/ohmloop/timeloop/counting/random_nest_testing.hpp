#pragma once

#include <string>
#include <vector>

#include <fmt/core.h>
#include <rapidcheck.h>

#include "ohmloop/timeloop/counting/nest.hpp"

/// For tests alone: small nests with everything that changes counts.
namespace ohmloop::timeloop {

inline DataSpace random_data_space(std::size_t dimensions, bool read_write) {
  DataSpace space;
  space.name = read_write ? "Outputs" : "Inputs";
  space.read_write = read_write;
  const auto axes = *rc::gen::inRange<std::size_t>(1, 4);
  for (std::size_t a = 0; a < axes; ++a) {
    std::vector<ProjectionTerm> axis;
    const auto terms = *rc::gen::inRange<std::size_t>(1, 3);
    for (std::size_t t = 0; t < terms; ++t) {
      axis.push_back({*rc::gen::inRange<std::size_t>(0, dimensions), *rc::gen::element<std::int64_t>(1, 1, 1, 2, 3)});
    }
    space.axes.push_back(axis);
  }
  return space;
}

inline StorageLevel random_level(std::size_t index, std::size_t dimensions, std::size_t data_spaces) {
  StorageLevel level;
  level.name = fmt::format("level{}", index);
  std::int64_t columns = 1;
  std::int64_t rows = 1;
  const auto add = [&](LoopKind kind, std::int64_t most) {
    const auto bound = *rc::gen::inRange<std::int64_t>(1, most + 1);
    level.loops.push_back({*rc::gen::inRange<std::size_t>(0, dimensions), bound, bound, kind});
    return bound;
  };
  if (*rc::gen::arbitrary<bool>()) {
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) columns *= add(LoopKind::spatial_x, 3);
    for (int i = *rc::gen::inRange(0, 2); i > 0; --i) rows *= add(LoopKind::spatial_y, 3);
  }
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) add(LoopKind::temporal, 4);
  for (std::size_t d = 0; d < data_spaces; ++d) {
    DataSpaceRules rules;
    const auto seldom = [] { return *rc::gen::inRange(0, 8) == 0; };
    rules.no_temporal_reuse = seldom();
    rules.no_spatial_reuse = seldom();
    rules.no_link_transfer = seldom();
    level.rules.push_back(rules);
  }
  return level;
}

/// Hardware around the loops: sometimes wider than they need.
inline void add_meshes(Nest& nest) {
  std::int64_t x = 1;
  std::int64_t y = 1;
  for (std::size_t l = nest.levels.size(); l-- > 0;) {
    StorageLevel& level = nest.levels[l];
    level.mesh_x = x;
    level.mesh_y = y;
    level.instances = x * y;
    for (const Loop& loop : level.loops) {
      if (loop.kind == LoopKind::spatial_x) x *= loop.bound;
      if (loop.kind == LoopKind::spatial_y) y *= loop.bound;
    }
    x *= *rc::gen::element<std::int64_t>(1, 1, 2);
  }
  nest.arithmetic.mesh_x = x;
  nest.arithmetic.mesh_y = y;
  nest.arithmetic.instances = x * y;
}

inline rc::Gen<Nest> random_nest() {
  return rc::gen::exec([] {
    Nest nest;
    const auto dimensions = *rc::gen::inRange<std::size_t>(1, 4);
    nest.problem.data_spaces.push_back(random_data_space(dimensions, false));
    nest.problem.data_spaces.push_back(random_data_space(dimensions, true));
    nest.problem.sizes.assign(dimensions, 1);
    for (std::size_t d = 0; d < dimensions; ++d) nest.problem.dimensions.push_back(fmt::format("D{}", d));
    const auto levels = *rc::gen::inRange<std::size_t>(1, 4);
    for (std::size_t l = 0; l < levels; ++l) nest.levels.push_back(random_level(l, dimensions, 2));
    for (const StorageLevel& level : nest.levels) {
      for (const Loop& loop : level.loops) nest.problem.sizes[loop.dimension] *= loop.bound;
    }
    nest.arithmetic.name = "mac";
    add_meshes(nest);
    return nest;
  });
}

inline void showValue(const Nest& nest, std::ostream& out) {
  for (const StorageLevel& level : nest.levels) {
    out << level.name << " mesh " << level.mesh_x << "x" << level.mesh_y << ":";
    for (const Loop& loop : level.loops) {
      const char* kind = loop.kind == LoopKind::temporal ? "t" : loop.kind == LoopKind::spatial_x ? "x" : "y";
      out << " " << kind << loop.dimension << "=" << loop.bound << "," << loop.last_bound;
    }
    for (const DataSpaceRules& rules : level.rules) {
      out << " (" << rules.no_temporal_reuse << rules.no_spatial_reuse << rules.no_link_transfer << ")";
    }
    out << "\n";
  }
  for (const DataSpace& space : nest.problem.data_spaces) {
    for (const auto& axis : space.axes) {
      out << "[";
      for (const ProjectionTerm& term : axis) out << " " << term.coefficient << "*" << term.dimension;
      out << " ]";
    }
    out << "\n";
  }
  out << "mac mesh " << nest.arithmetic.mesh_x << "x" << nest.arithmetic.mesh_y << "\n";
}

}  // namespace ohmloop::timeloop
