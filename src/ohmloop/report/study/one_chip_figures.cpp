#include "ohmloop/report/study/one_chip_figures.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/study/figure_series.hpp"
#include "ohmloop/report/study/note_json.hpp"
#include "ohmloop/report/study/study_notes.hpp"

namespace ohmloop {
namespace {

constexpr double giga = 1e9;

Figure roofline_of(const Json& note) {
  RooflineFigure body;
  const std::string layers = fmt::format("layers of {}", series_word("network", text_in(note, "network")));
  body.peak_name = fmt::format("peak: {} GMAC/s", format_number(number_in(note, "peak_macs_per_s") / giga));
  body.peak_per_second = number_in(note, "peak_macs_per_s") / giga;
  const double bandwidth = number_in(note, "bytes_per_s") / giga;
  body.bandwidths = {{fmt::format("{}, {} GB/s", text_in(note, "memory"), format_number(bandwidth)), bandwidth}};
  for (const Json& point : list_in(note, "points"))
    body.points.push_back(
        {{layers, SeriesOrder{0}}, number_in(point, "intensity"), number_in(point, "performance") / giga});
  Figure figure;
  figure.x = {"operational intensity", "MAC/byte"};
  figure.y = {"performance", "GMAC/s"};
  figure.caption =
      fmt::format("A point per layer that differs; bytes are those of {}'s busier port.", text_in(note, "memory"));
  figure.body = std::move(body);
  return figure;
}

Figure nest_of(const Json& note) {
  NestTreeFigure body;
  for (const Json& line : list_in(note, "lines")) {
    if (!text_in(line, "level").empty()) {
      body.lines.emplace_back(KeepLine{text_in(line, "level"), text_in(line, "tensor"),
                                       static_cast<std::int64_t>(number_in(line, "words"))});
    } else {
      body.lines.emplace_back(LoopLine{text_in(line, "rank"), static_cast<std::int64_t>(number_in(line, "bound")),
                                       text_in(line, "across")});
    }
  }
  const Json tensors = list_in(note, "tensors");
  constexpr std::array roles = {Role::input, Role::weight, Role::output};
  for (std::size_t i = 0; i < std::min(tensors.size(), roles.size()); ++i) {
    if (tensors[i].is_string()) body.tensors.push_back({tensors[i].get<std::string>(), roles.at(i)});
  }
  body.compute = text_in(note, "compute");
  Figure figure;
  figure.body = std::move(body);
  return figure;
}

}  // namespace

StudyFigure one_chip_figure(const FigureRequest& request, const StudyResults& results) {
  StudyFigure drawn{request.name, {}};
  const auto text = results.notes.find(note_of(request));
  const Json note = text == results.notes.end() ? Json() : note_json(text->second);
  if (!note.is_object()) {
    drawn.problem = "the results have no evaluation of its layers: 'ohmloop study run --resume' makes it";
    return drawn;
  }
  drawn.problem = text_in(note, "problem");
  if (!drawn.problem.empty()) return drawn;
  drawn.figure = request.kind == FigureKind::nest ? nest_of(note) : roofline_of(note);
  const std::string where = text_in(note, "where");
  if (!where.empty()) drawn.figure.caption += (drawn.figure.caption.empty() ? "At " : " At ") + where + ".";
  return drawn;
}

}  // namespace ohmloop
