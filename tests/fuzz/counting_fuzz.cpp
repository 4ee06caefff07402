#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>

#include <fmt/format.h>

#include "ohmloop/analysis/fuzzing/random_nest.hpp"
#include "ohmloop/analysis/oracle.hpp"

/// The first eight bytes are the seed of a random nest: the closed forms must count it as its execution does.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::uint64_t seed = 0;
  if (size < sizeof seed) return 0;
  std::memcpy(&seed, data, sizeof seed);
  const ohmloop::RandomNest nest = ohmloop::random_nest(seed, 1500);
  std::string text;
  try {
    const ohmloop::Counts expected = ohmloop::execute_nest(nest.einsum, nest.architecture, nest.mapping);
    const ohmloop::Counts actual = ohmloop::count_actions(nest.einsum, nest.architecture, nest.mapping);
    text = ohmloop::differences(nest.architecture, expected, actual);
  } catch (const std::exception& error) {
    text = error.what();
  }
  if (text.empty()) return 0;
  fmt::print(stderr, "seed {}:\n{}{}\n", seed, ohmloop::describe(nest), text);
  std::abort();
}
