#include "ohmloop/cli/terminal.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ohmloop/base/file.hpp"

namespace ohmloop {

namespace {

constexpr std::size_t widest_table = 160;
constexpr std::size_t narrowest_table = 60;

std::size_t terminal_width() {
  struct winsize size = {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 120;
  return std::min(std::max(std::size_t{size.ws_col}, narrowest_table), widest_table);
}

}  // namespace

Terminal::Terminal(std::ostream& out, std::ostream& err, bool out_is_terminal, bool err_is_terminal)
    : out_(out), err_(err), out_is_terminal_(out_is_terminal), err_is_terminal_(err_is_terminal) {}

void Terminal::print(std::string_view result) {
  errno = 0;
  out_.write(result.data(), static_cast<std::streamsize>(result.size()));
  out_.flush();
  if (out_) return;
  const int reason = errno;
  if (reason == EPIPE) throw ClosedPipe();
  throw FileError(fmt::format("cannot write to standard output: {}", std::strerror(reason == 0 ? EIO : reason)));
}

void Terminal::note(std::string_view line) { err_ << line << '\n' << std::flush; }

void Terminal::explain(const std::vector<Diagnostic>& diagnostics) {
  if (!diagnostics.empty()) err_ << render(diagnostics, colour_on(err_is_terminal_)) << std::flush;
}

void Terminal::complain(std::string message, std::vector<std::string> notes) {
  explain({Diagnostic{Severity::error, std::move(message), {}, {}, std::move(notes)}});
}

TableStyle Terminal::table_style() const {
  return {out_is_terminal_ ? terminal_width() : 0, colour_on(out_is_terminal_)};
}

bool Terminal::colour_on(bool is_terminal) const {
  return colours_ == ColourMode::always || (colours_ == ColourMode::automatic && is_terminal);
}

}  // namespace ohmloop
