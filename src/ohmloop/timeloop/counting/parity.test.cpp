#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "ohmloop/timeloop/counting/evaluate.hpp"
#include "ohmloop/timeloop/counting/native_nest_testing.hpp"

/// docs/timeloop-parity.md: every row is run in both ways of counting.
namespace ohmloop::timeloop {
namespace {

constexpr LoopKind t = LoopKind::temporal;
constexpr LoopKind x = LoopKind::spatial_x;
constexpr std::size_t inputs = 1;
constexpr std::size_t outputs = 2;

/// What both ways say of one quantity.
struct Numbers {
  double timeloop = 0;
  double native = 0;
};

Counts count(const NativeNest& native) {
  const auto violations = check_mapping(native.einsum, native.architecture, native.mapping);
  EXPECT_TRUE(violations.empty()) << violations.front().message;
  return count_actions(native.einsum, native.architecture, native.mapping);
}

/// Runs both; `theirs` and `ours` take the quantity, of all instances together.
Numbers run(const Nest& nest, const std::function<double(const DataSpaceResult&)>& theirs,
            const std::function<double(const TensorActions&)>& ours, std::size_t level, std::size_t data_space,
            const CountingOptions& options = {}) {
  EXPECT_EQ(check_nest(nest, options), std::vector<std::string>());
  const DataSpaceResult space = evaluate(nest, options).levels[level].data_spaces[data_space];
  const NativeNest native = native_nest(nest);
  const Role role = data_space == 0 ? Role::weight : data_space == inputs ? Role::input : Role::output;
  const TensorActions actions = count(native).memories[native.memories[level].index()].total[role_index(role)];
  return {theirs(space) * static_cast<double>(space.utilized_instances), ours(actions)};
}

double reads(const DataSpaceResult& space) { return static_cast<double>(space.reads); }
double fills(const DataSpaceResult& space) { return static_cast<double>(space.fills); }
double native_reads(const TensorActions& actions) { return static_cast<double>(actions.reads); }
double native_fills(const TensorActions& actions) { return static_cast<double>(actions.fills); }
double native_all_reads(const TensorActions& actions) { return static_cast<double>(actions.reads + actions.drains); }

Nest weight_stationary() { return small_nest({1, 1, 3, 16}, 1, {{{{P, 16}}}, {{{R, 3}}}}); }
Nest halo_probe(const std::vector<Loop>& buffer, const std::vector<Loop>& memory, std::int64_t filters = 1) {
  return small_nest({filters, 1, 3, 16}, 1, {{{{P, 2}, {R, 3}}}, {buffer}, {memory}});
}
/// Four registers of one position each.
Nest neighbours(const std::vector<Loop>& below, const std::vector<Loop>& above) {
  std::vector<Loop> loops = {{P, 4, 4, x}};
  loops.insert(loops.end(), above.begin(), above.end());
  return small_nest({1, 1, 3, 4}, 1, {{below}, {loops, {true, true, true}, 4}});
}
Nest split_channels() {
  return small_nest({1, 8, 1, 4}, 1, {{}, {{{C, 4, 4, x}, {P, 4}, {C, 2}}, {true, true, true}, 4}});
}
Nest channels_and_positions() {
  return small_nest({32, 32, 3, 16}, 1,
                    {{{{P, 16}}}, {{{C, 16, 16, x}, {R, 3}, {K, 32}, {C, 2}}, {true, true, true}, 16}, {}});
}

Numbers with_padding() {
  const Nest nest = weight_stationary();
  NativeNest native = native_nest(nest);
  Axis& width = native.einsum.tensor(Role::input).axes[1];
  width.offset = -1;
  width.size = 16;
  return {reads(evaluate(nest).levels[1].data_spaces[inputs]),
          native_reads(count(native).memories[native.memories[1].index()].total[role_index(Role::input)])};
}

Numbers tile_of_a_stride() {
  const Nest nest = small_nest({1, 1, 1, 4}, 2, {{{{P, 4}}}, {}});
  const NativeNest native = native_nest(nest);
  const MemoryCounts counts = count(native).memories[native.memories[0].index()];
  return {static_cast<double>(evaluate(nest).levels[0].data_spaces[inputs].utilized_capacity),
          static_cast<double>(counts.tile_elements[role_index(Role::input)])};
}

Numbers energy_of_blocks() {
  Nest nest = weight_stationary();
  nest.levels[1].block_size = 8;
  nest.levels[1].energies.read_pj = 1;
  const NativeNest native = native_nest(nest);
  double energy_pj = 0;
  for (const EnergyItem& item : evaluate(native.einsum, native.architecture, native.tables, count(native)).items) {
    if (item.node == native.memories[1] && item.role == Role::input) energy_pj += item.energy_pj;
  }
  return {evaluate(nest).levels[1].data_spaces[inputs].energy_pj, energy_pj};
}

Numbers leakage_of_unused() {
  Nest nest = small_nest({1, 2, 3, 16}, 1, {{{{P, 16}}}, {{{C, 2, 2, x}, {R, 3}}, {true, true, true}, 4}});
  nest.levels[0].energies.leak_pj = 1;
  const NativeNest native = native_nest(nest);
  return {evaluate(nest).levels[0].leakage_energy_pj,
          evaluate(native.einsum, native.architecture, native.tables, count(native)).leakage_pj};
}

const std::map<std::string, std::function<Numbers()>>& rows() {
  static const std::map<std::string, std::function<Numbers()>> table = {
      {"drains", [] { return run(weight_stationary(), reads, native_all_reads, 0, outputs); }},
      {"extrapolation",
       [] {
         return run(halo_probe({{P, 4}}, {{P, 2}}), fills, native_fills, 0, inputs);
       }},
      {"extrapolation off",
       [] {
         return run(halo_probe({{P, 4}}, {{P, 2}}), fills, native_fills, 0, inputs, {.extrapolate = false});
       }},
      {"return of a window",
       [] {
         return run(small_nest({2, 1, 3, 4}, 1, {{{{P, 2}, {R, 3}}}, {{{P, 2}, {K, 2}}}}), fills, native_fills, 0,
                    inputs);
       }},
      {"staying, rule of today",
       [] {
         return run(small_nest({2, 1, 3, 4}, 1, {{{{P, 2}, {R, 3}}}, {{{K, 2}, {P, 2}}}}), fills, native_fills, 0,
                    inputs);
       }},
      {"staying, earlier rule",
       [] {
         return run(small_nest({2, 1, 3, 4}, 1, {{{{P, 2}, {R, 3}}}, {{{K, 2}, {P, 2}}}}), fills, native_fills, 0,
                    inputs, {.stride_rule = StrideRule::steps});
       }},
      {"multicast",
       [] {
         return run(neighbours({{R, 3}}, {}), reads, native_reads, 1, inputs);
       }},
      {"links",
       [] {
         return run(neighbours({}, {{R, 3}}), reads, native_reads, 1, inputs);
       }},
      {"links off",
       [] {
         return run(neighbours({}, {{R, 3}}), reads, native_reads, 1, inputs, {.link_transfers = false});
       }},
      {"old sums", [] { return run(split_channels(), fills, native_fills, 0, outputs); }},
      {"gaps", tile_of_a_stride},
      {"padding", with_padding},
      {"blocks", energy_of_blocks},
      {"leakage", leakage_of_unused},
      {"case ex04", [] { return run(channels_and_positions(), reads, native_reads, 1, inputs); }},
  };
  return table;
}

/// Cells of the page's table by the first one.
std::map<std::string, std::vector<std::string>> page_rows() {
  std::map<std::string, std::vector<std::string>> found;
  std::ifstream file(OHMLOOP_SOURCE_DIR "/docs/timeloop-parity.md");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| ")) continue;
    std::vector<std::string> cells;
    std::istringstream rest(line.substr(1));
    for (std::string cell; std::getline(rest, cell, '|');) {
      const std::size_t begin = cell.find_first_not_of(' ');
      cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, cell.find_last_not_of(' ') - begin + 1));
    }
    found[cells.front()] = cells;
  }
  return found;
}

TEST(TimeloopParity, page_has_the_numbers_of_both_ways) {
  const auto page = page_rows();
  for (const auto& [name, numbers_of] : rows()) {
    SCOPED_TRACE(name);
    const Numbers numbers = numbers_of();
    const auto row = page.find(name);
    ASSERT_NE(row, page.end()) << "docs/timeloop-parity.md lacks it: " << numbers.timeloop << " " << numbers.native;
    ASSERT_EQ(row->second.size(), 4U);
    EXPECT_EQ(row->second[2], fmt::format("{}", numbers.timeloop));
    EXPECT_EQ(row->second[3], fmt::format("{}", numbers.native));
  }
  EXPECT_EQ(page.size(), rows().size() + 2) << "a row of the page is run by no test, or its head is gone";
}

}  // namespace
}  // namespace ohmloop::timeloop
