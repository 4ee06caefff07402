#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/arch/arch_testing.hpp"
#include "ohmloop/arch/describe.hpp"

namespace ohmloop {
namespace {

/// Pieces that a careless or hostile hand puts into a file.
const std::vector<std::string> pieces = {
    "",         "\n",     "{",          "}",       "[",          "]",           ":",           ": ",
    ", ",       "- ",     "!Memory ",   "!Array ", "!X ",        "&a ",         "*a",          "<<: ",
    "0",        "-1",     "1e308",      "2.5",     "9999999999", "nan",         "rows",        "rows ** 64",
    "1/0",      "64 KiB", "3 furlongs", "#",       "\"",         "'",           "|",           ">",
    "<= 4",     "null",   "true",       "~",       "name",       "class: sram", "\t",          "\xc3",
    "\xff\xfe", "K",      "input",      "keep",    "unlimited",  "%",           "size * size", "columns: columns"};

std::string mutated(std::string text) {
  const auto edits = *rc::gen::inRange(1, 6);
  for (int i = 0; i < edits; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    const auto length = *rc::gen::inRange<std::size_t>(0, 20);
    text.replace(at, std::min(length, text.size() - at), *rc::gen::elementOf(pieces));
  }
  return text;
}

/// An architecture or diagnostics that can be shown; nothing else may come out.
void expect_answer(const SourceFilePtr& source, const std::vector<Override>& set) {
  try {
    Diagnostics warnings;
    const Architecture architecture = read_architecture(source, set, warnings);
    RC_ASSERT(!to_text(architecture).empty());
    RC_ASSERT(architecture.instances(architecture.compute()) >= 1);
    RC_ASSERT(architecture.nodes.back().as<Compute>() != nullptr);
    RC_ASSERT(architecture.bits.input >= 1 && architecture.bits.weight >= 1 && architecture.bits.output >= 1);
  } catch (const InputError& error) {
    RC_ASSERT(!error.diagnostics().empty());
    RC_ASSERT(!render(error.diagnostics()).empty());
  }
}

TEST(Mutations, OfAPresetAreReadOrRefused) {
  const std::vector<std::string> names = preset_names();
  EXPECT_TRUE(rc::check("any edit of a preset", [&] {
    const SourceFilePtr preset = find_preset(*rc::gen::elementOf(names));
    expect_answer(arch_testing::file(mutated(preset->text)), {});
  }));
}

TEST(Mutations, OfThePathAndValueOfAnOverrideAreAppliedOrRefused) {
  const std::vector<std::string> paths = {"rows",
                                          "array.rows",
                                          "edram.loops.factors.M",
                                          "array.weight",
                                          "array",
                                          "edram.keep",
                                          "clock",
                                          "dac.resolution",
                                          "technology",
                                          "bits",
                                          "array.loops.rows.ranks"};
  EXPECT_TRUE(rc::check("any override of a preset", [&] {
    const Override change{mutated(*rc::gen::elementOf(paths)), mutated("256")};
    expect_answer(find_preset("isaac"), {change});
  }));
}

TEST(Mutations, TruncatedPresetsAreReadOrRefused) {
  for (const std::string& name : preset_names()) {
    const std::string text = find_preset(name)->text;
    for (std::size_t length = 0; length < text.size(); length += 7) {
      expect_answer(arch_testing::file(text.substr(0, length)), {});
    }
  }
}

}  // namespace
}  // namespace ohmloop
