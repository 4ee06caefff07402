#include "ohmloop/timeloop/reading/map_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop::timeloop {
namespace {

/// A printed loop: "for M in [0:64) (Spatial-Y)", with a last iteration "[0:4,3)".
struct PrintedLoop {
  Factor factor;
  LoopKind kind = LoopKind::temporal;
};

class PrintedMapping {
 public:
  PrintedMapping(const SourceFilePtr& source, const DirectiveNames& names, Diagnostics& diagnostics)
      : source_(source), text_(source->text), names_(names), diagnostics_(diagnostics), set_(empty_directives(names)) {}

  DirectiveSet read() {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      read_line(begin, std::string_view(text_).substr(begin, end - begin));
      begin = end + 1;
    }
    finish_level();
    return std::move(set_);
  }

 private:
  void read_line(std::size_t offset, std::string_view line);
  void read_heading(std::size_t offset, std::string_view line, std::size_t bracket);
  void read_kept(std::size_t offset, std::string_view line, std::size_t bracket);
  void read_loop(std::size_t offset, std::string_view line, std::size_t at);
  void finish_level();

  [[nodiscard]] SourceSpan place(std::size_t offset, std::size_t length) const {
    return span_at(source_, offset, std::max<std::size_t>(length, 1));
  }

  const SourceFilePtr& source_;
  const std::string& text_;
  const DirectiveNames& names_;
  Diagnostics& diagnostics_;
  DirectiveSet set_;
  std::optional<std::size_t> level_;
  SourceSpan level_where_;
  std::vector<PrintedLoop> loops_;  ///< of the level, outermost first
};

std::size_t read_number(std::string_view line, std::size_t at, std::optional<std::int64_t>& number) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(line.data() + at, line.data() + line.size(), value);
  if (error == std::errc()) number = value;
  return static_cast<std::size_t>(end - line.data());
}

void PrintedMapping::read_line(std::size_t offset, std::string_view line) {
  const std::size_t loop = line.find("for ");
  const std::size_t first = line.find_first_not_of(" \t|\r");
  if (first == std::string_view::npos || line[first] == '-' || line.find("<< Compute >>") != std::string_view::npos) {
    return;
  }
  if (loop == first) return read_loop(offset, line, loop + 4);
  const std::size_t bracket = line.find('[');
  if (bracket != std::string_view::npos && first == 0) return read_heading(offset, line, bracket);
  diagnostics_.error("this line is not of a printed mapping", place(offset, line.size()), {},
                     {"a heading like 'GlobalBuffer [ Inputs:4068 (4068) ]' or a loop like 'for P in [0:56)'"});
}

void PrintedMapping::read_heading(std::size_t offset, std::string_view line, std::size_t bracket) {
  finish_level();
  std::string_view name = line.substr(0, bracket);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  level_where_ = place(offset, name.size());
  level_ = index_of_name(name, names_.levels, "level", level_where_, diagnostics_);
  if (!level_) return;
  if (set_.find(*level_, false) != nullptr) {
    diagnostics_.error(fmt::format("level '{}' is printed twice", name), level_where_);
  }
  read_kept(offset, line, bracket);
}

/// "[ Inputs:153228 (153228) Outputs:3211264 (3211264) ]"
void PrintedMapping::read_kept(std::size_t offset, std::string_view line, std::size_t bracket) {
  std::vector<std::optional<bool>>& keep = set_.keep[*level_];
  std::fill(keep.begin(), keep.end(), false);
  for (std::size_t at = bracket + 1; at < line.size();) {
    const std::size_t begin = line.find_first_not_of(' ', at);
    if (begin == std::string_view::npos || line[begin] == ']') return;
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    const std::size_t colon = word.find(':');
    at = end;
    if (word.front() == '(' || colon == std::string_view::npos) continue;
    const auto index = index_of_name(word.substr(0, colon), names_.data_spaces, "data space",
                                     place(offset + begin, colon), diagnostics_);
    if (index) keep[*index] = true;
  }
}

void PrintedMapping::read_loop(std::size_t offset, std::string_view line, std::size_t at) {
  const std::size_t name_end = std::min(line.find(' ', at), line.size());
  const std::string_view name = line.substr(at, name_end - at);
  const SourceSpan where = place(offset + at, name.size());
  const auto dimension = index_of_name(name, names_.problem.dimensions, "dimension", where, diagnostics_);
  const std::size_t range = line.find("[0:", name_end);
  std::optional<std::int64_t> bound;
  std::optional<std::int64_t> last;
  if (range != std::string_view::npos) {
    const std::size_t end = read_number(line, range + 3, bound);
    if (end < line.size() && line[end] == ',') read_number(line, end + 1, last);
  }
  if (!bound || *bound < 1 || last.value_or(1) < 1 || last.value_or(1) > *bound) {
    diagnostics_.error("a printed loop has the form 'for P in [0:56)'", place(offset, line.size()));
    return;
  }
  if (!dimension) return;
  if (!level_) {
    diagnostics_.error("a loop stands before the first level of a printed mapping", where);
    return;
  }
  PrintedLoop loop;
  loop.factor = {.dimension = *dimension, .bound = *bound, .last_bound = last.value_or(*bound), .where = where};
  if (line.find("Spatial-X") != std::string_view::npos) loop.kind = LoopKind::spatial_x;
  if (line.find("Spatial-Y") != std::string_view::npos) loop.kind = LoopKind::spatial_y;
  loops_.push_back(loop);
}

/// Turns the loops round: directives state permutations innermost first, X before Y.
void PrintedMapping::finish_level() {
  if (!level_) {
    loops_.clear();
    return;
  }
  LoopDirective temporal{.level = *level_, .where = level_where_};
  LoopDirective spatial{.level = *level_, .spatial = true, .where = level_where_};
  for (const LoopKind kind : {LoopKind::temporal, LoopKind::spatial_x, LoopKind::spatial_y}) {
    LoopDirective& directive = kind == LoopKind::temporal ? temporal : spatial;
    if (kind == LoopKind::spatial_y) directive.split = directive.permutation.size();
    for (auto loop = loops_.rbegin(); loop != loops_.rend(); ++loop) {
      if (loop->kind != kind) continue;
      directive.factors.push_back(loop->factor);
      directive.permutation.push_back(loop->factor.dimension);
    }
  }
  set_.loops.push_back(std::move(temporal));
  if (!spatial.factors.empty()) set_.loops.push_back(std::move(spatial));
  loops_.clear();
  level_.reset();
}

}  // namespace

bool is_printed_mapping(const SourceFile& source) {
  return source.text.find("for ") != std::string::npos && source.text.find(" in [0:") != std::string::npos &&
         source.text.find("mapping:") == std::string::npos;
}

DirectiveSet read_printed_mapping(const SourceFilePtr& source, const DirectiveNames& names, Diagnostics& diagnostics) {
  return PrintedMapping(source, names, diagnostics).read();
}

}  // namespace ohmloop::timeloop
