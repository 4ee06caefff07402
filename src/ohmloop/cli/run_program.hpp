#pragma once

#include <string>
#include <vector>

namespace ohmloop {

/// Runs another program with our standard streams and waits for it; no shell is involved. Its exit code, 128 and the
/// number for a signal, 127 if it can't be started.
int run_program(std::vector<std::string> words);

/// Whether the program of this command can be started; what it prints is thrown away.
bool can_start(std::vector<std::string> words);

}  // namespace ohmloop
