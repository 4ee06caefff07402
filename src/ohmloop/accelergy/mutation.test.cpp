#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/accelergy/accelergy_testing.hpp"
#include "ohmloop/accelergy/accelergy_writer.hpp"

namespace ohmloop {
namespace {

using testing_text::source_of;

/// A chip in which everything occurs once, in one file.
const std::string chip = R"(
architecture:
  version: 0.3
  subtree:
  - name: chip
    attributes: {technology: 45nm, n: 4}
    local:
    - {name: glb, class: buffer, attributes: {depth: n * 16, width: 64, n_banks: 2}}
    subtree:
    - name: PE[0..n*2-1]
      local:
      - {name: mac, class: intmac, attributes: {datawidth: 16}}
compound_components:
  version: 0.3
  classes:
  - name: buffer
    attributes: {technology: must_specify, depth: 12, width: 16, n_banks: 1, bits: log(depth)}
    subcomponents:
    - name: storage
      class: SRAM
      attributes: {technology: technology, width: width, depth: depth, n_banks: n_banks}
    - name: adders[0..1]
      class: intadder
      attributes: {technology: technology, width: bits}
    actions:
    - name: read
      arguments: {data_delta: 0..1, address_delta: 0..n_banks}
      subcomponents:
      - name: storage
        actions:
        - {name: read, arguments: {data_delta: data_delta, address_delta: address_delta}}
      - name: adders[0..address_delta]
        actions: [{name: add, repeat: round(n_banks / 2)}]
ERT:
  version: 0.3
  tables:
  - {name: chip.PE.mac, actions: [{name: mac_random, energy: 1.5}, {name: idle, arguments: {k: 1}, energy: 0}]}
ART: {version: 0.3, tables: [{name: chip.PE.mac, area: 100}]}
action_counts:
  local:
  - name: chip.PE[0].mac
    action_counts: [{name: mac_random, counts: 12}]
)";

const std::vector<std::string> pieces = {"",
                                         "\n",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         ":",
                                         ": ",
                                         ", ",
                                         "- ",
                                         "0",
                                         "-1",
                                         "1e308",
                                         "2.5",
                                         "..",
                                         "[0..3]",
                                         "[9..1]",
                                         "nan",
                                         "n ** 64",
                                         "1/0",
                                         "version",
                                         "0.4",
                                         "name: ",
                                         "\"",
                                         "'",
                                         "#",
                                         "null",
                                         "true",
                                         "class: buffer",
                                         "SRAM",
                                         "{{ x }}",
                                         "!Component ",
                                         "*",
                                         "log(",
                                         "round(",
                                         "0..99999999",
                                         "must_specify",
                                         "\xc3",
                                         "leak",
                                         "storage"};

std::string mutated(std::string text) {
  const auto edits = *rc::gen::inRange(1, 6);
  for (int i = 0; i < edits; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    const auto length = *rc::gen::inRange<std::size_t>(0, 20);
    text.replace(at, std::min(length, text.size() - at), *rc::gen::elementOf(pieces));
  }
  return text;
}

/// Tables that can be written, or diagnostics that can be shown; nothing else may come out.
bool answers(const std::string& text) {
  try {
    const auto result = testing_accelergy::estimate_files({source_of(text)}, {"unit", "as_given"});
    return !write_accelergy(result.tables, nullptr, result.input.version).empty();
  } catch (const InputError& error) {
    return !render(error.diagnostics()).empty();
  }
}

TEST(AccelergyMutations, the_chip_itself_is_read) {
  const auto result = testing_accelergy::estimate_files({source_of(chip)}, {"unit", "as_given"});
  EXPECT_EQ(result.tables.find("chip.PE[0..7].mac")->reference.find("mac_random")->energy_pj, 1.5);
  EXPECT_EQ(result.tables.find("chip.glb")->reference.area_um2, 3);
}

TEST(AccelergyMutations, any_edit_of_a_chip_is_read_or_refused) {
  EXPECT_TRUE(rc::check("any edit of a chip", [] { RC_ASSERT(answers(mutated(chip))); }));
}

TEST(AccelergyMutations, truncated_chips_are_read_or_refused) {
  for (std::size_t length = 0; length < chip.size(); length += 7) EXPECT_TRUE(answers(chip.substr(0, length)));
}

TEST(AccelergyMutations, every_stored_description_of_timeloop_is_read_with_its_components) {
  const std::string timeloop = OHMLOOP_SOURCE_DIR "/../shared/peers/timeloop/published";
  if (!std::filesystem::exists(timeloop)) GTEST_SKIP() << testing_accelergy::no_shared_data;
  std::size_t described = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(timeloop)) {
    if (entry.path().filename() != "parsed-processed-input.yaml") continue;
    const auto result = testing_accelergy::estimate_files({read_source_file(entry.path().string())}, {});
    EXPECT_GT(result.tables.entries.size(), 5U) << entry.path();
    ++described;
  }
  EXPECT_EQ(described, 4U);
}

}  // namespace
}  // namespace ohmloop
