#pragma once

#include <cstdint>
#include <string>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

/// "I/N" of --shard.
struct ShardWord {
  std::uint64_t shard = 0;
  std::uint64_t shards = 1;
};
/// Throws InputError.
ShardWord shard_of(const ParsedArguments& arguments);

/// A built-in study or the path of a file. Throws InputError, with suggestions for an unknown name, or IoError.
SourceFilePtr open_study(const ArgumentText& word);

/// Throws InputError where an option means nothing to the action (the first argument), or the action is not known.
void check_study_words(const ParsedArguments& arguments);

/// "3 points are missing: 1, 4, 7".
std::string missing_text(const StudyResults& results);

/// "3 minutes", "2 years".
std::string about_how_long(double seconds);

}  // namespace ohmloop
